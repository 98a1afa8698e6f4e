/** Words of mediation. */
export const zh = {
  mediations: '调解', about: '正在调解、回访和已办结的纠纷。列的是纠纷，不列当事人。', tabs_label: '按进展看', tab: { mine: '我经手的', open: '办理中', ended: '已办结' },
  col: { matter: '纠纷', where: '地点', who: '主持人', state: '进展', due: '下一次' }, every_matter: '全部纠纷类别', late: '已过期', papers: '把文件拖到这里，或', papers_why: 'PDF、Word 文件；照片的缩图不加密保存，所以不收', parties_count: '{n} 名当事人', sessions_count: '调解 {n} 次',
  empty: { mine: '现在没有您经手的调解。在案件的“更多”里点“开始调解”，或由别人把您加为调解员，就会出现在这里。', open: '您的范围内没有正在办理的调解。', ended: '您的范围内还没有办结的调解。' },
  one: {
    title: '调解', see_case: '看案件', about: '起因', place: '地点', kind: '类型', level: '层级', people: '调解员', lead: '主持', opened: '{by}，{at}登记', opened_at: '{at}登记', due: '一般应在{at}前有结果', next: '约好{at}再调解',
    outline: '当事人、调解经过和协议只有调解员和登记人能看。', parties: '当事人', sealed: '姓名和电话已封存。查看要写明理由，会记入日志。', show: '查看当事人', why: '为什么要看', open: '记录理由并查看', hide: '收起', edit: '改当事人',
    sessions: '调解经过', no_sessions: '还没有调解记录。', session: '第 {n} 次', visits: '回访', due_on: '{day}前回访', made_on: '{day}由{by}回访', conclusions: '结果', agreed_on: '，{day}达成', changes: '变更理由', files: '文书', record: '记录回访',
  },
  begin: {
    title: '开始调解', do: '开始调解', matter: '什么纠纷', matter_hint: '选择纠纷类别', kind: '调解类型', level: '在哪一级调解', people: '由谁调解', people_hint: '选择调解员', lead: '主持人', team: '{name}', others: '这里的其他同事', few: '现选 {n} 名，一般为 {low} 至 {high} 名，可以再加。', many: '现选 {n} 名，一般为 {low} 至 {high} 名，可以减少。',
    no_team: '这里还没有调解服务队。可在“网格—队伍”里建一支，或先从同事中选。', parties: '当事人', sealed: '加密保存，只有调解员和登记人能看，查看要写理由。', done: '已开始调解', add: '再加一名', remove: '去掉第 {n} 名', role: '身份', name: '姓名', phone: '电话', note: '备注', party: '第 {n} 名当事人',
  },
  session: { title: '记录一次调解', do: '保存这次调解', at: '什么时候', place: '在哪里', place_hint: '如：村委会调解室', people: '谁参加调解', result: '谈得怎样', results: { again: '再约时间', agreed: '谈成了', no: '没谈成' }, text: '调解经过', text_hint: '双方怎么说、提了什么办法。只有调解员和登记人能看。', next: '下次什么时候', files: '笔录', done: '已记录这次调解' },
  conclude: { title: '记录调解结果', do: '保存结果', outcome: '结果', terms: '协议内容', why: '原因或去向', why_hint: '如：双方分歧大，愿意起诉', terms_hint: '谁做什么、什么时候做完。只有调解员和登记人能看。', form: '协议形式', forms: { written: '书面协议', oral: '口头协议' }, agreed_on: '协议日期', visits: '回访日期', visit: '第 {n} 次回访', add: '再加一次回访', remove: '去掉第 {n} 次回访', no_visits: '不安排回访，保存后即办结。', files: '协议书', done: '已记录结果：{outcome}' },
  visit: { title: '记录回访', do: '保存回访', made_on: '回访日期', result: '协议履行得怎样', results: { kept: '已履行', partly: '部分履行', broken: '没有履行', not_met: '没见到人' }, text: '回访情况', next: '再约一次回访', next_needed: '没见到人，请约下一次。', broken: '没有履行的，保存后可以点“再次调解”。', done: '已记录回访' },
  team: { title: '换调解员或层级', do: '保存变更', reason: '为什么变更', note: '退出的人从此看不到这件调解，新加入的人能看到全部经过。', done: '已变更' },
  resume: { title: '再次调解', do: '再次调解', reason: '为什么再次调解', note: '还没做的回访会取消，原来的协议保留。', done: '已重新开始调解' },
  roles: { applicant: '申请人', respondent: '被申请人', agent: '代理人', other: '其他有关人' },
  edit: { title: '改当事人', do: '保存当事人', done: '已保存当事人' },
}
export const en: typeof zh = {
  mediations: 'Mediation', about: 'Disputes being mediated, visited afterwards, or over. Disputes are listed, never people.', tabs_label: 'By progress', tab: { mine: 'Mine', open: 'Going on', ended: 'Over' },
  col: { matter: 'Dispute', where: 'Where', who: 'In charge', state: 'Progress', due: 'Next' }, every_matter: 'Every kind of dispute', late: 'Overdue', papers: 'Drop a file here, or', papers_why: 'PDF or Word; shown copies of photos are not encrypted, so none are taken', parties_count: '{n} parties', sessions_count: '{n} meetings',
  empty: { mine: 'No mediation is yours now. Choose “Begin mediation” under “More” of a case, or be added as a mediator.', open: 'No mediation is going on within your area.', ended: 'No mediation is over within your area.' },
  one: {
    title: 'Mediation', see_case: 'See the case', about: 'About', place: 'Place', kind: 'Kind', level: 'Level', people: 'Mediators', lead: 'in charge', opened: 'taken in by {by}, {at}', opened_at: 'taken in {at}', due: 'usually done by {at}', next: 'they meet again {at}',
    outline: 'Parties, meetings and terms are for the mediators and whoever took it in.', parties: 'Parties', sealed: 'Names and numbers are sealed. Give a reason to see them; it is kept in the journal.', show: 'Show the parties', why: 'Why', open: 'Keep the reason and show', hide: 'Hide', edit: 'Change the parties',
    sessions: 'Meetings', no_sessions: 'No meeting yet.', session: 'No. {n}', visits: 'Visits', due_on: 'due by {day}', made_on: '{day}, by {by}', conclusions: 'Result', agreed_on: ', agreed {day}', changes: 'Reasons of changes', files: 'Papers', record: 'Record the visit',
  },
  begin: {
    title: 'Begin mediation', do: 'Begin mediation', matter: 'What about', matter_hint: 'Choose the dispute', kind: 'Kind', level: 'At which level', people: 'Who mediates', people_hint: 'Choose mediators', lead: 'In charge', team: '{name}', others: 'Others here', few: '{n} chosen, usually {low} to {high}: more may be added.', many: '{n} chosen, usually {low} to {high}: fewer would do.',
    no_team: 'There is no mediation team here. Make one under Ground, Teams, or choose among colleagues.', parties: 'Parties', sealed: 'Encrypted, for the mediators and whoever took it in; a reason is asked for.', done: 'Mediation begun', add: 'Add one', remove: 'Remove no. {n}', role: 'Role', name: 'Name', phone: 'Phone', note: 'Note', party: 'Party no. {n}',
  },
  session: { title: 'Record a meeting', do: 'Keep this meeting', at: 'When', place: 'Where', place_hint: 'such as the village office', people: 'Who mediated', result: 'How it went', results: { again: 'They meet again', agreed: 'They agreed', no: 'They did not agree' }, text: 'What was said', text_hint: 'What each side said, what was proposed. For the mediators and whoever took it in.', next: 'When they meet again', files: 'Record', done: 'Meeting recorded' },
  conclude: { title: 'Record the result', do: 'Keep the result', outcome: 'Result', terms: 'Terms', why: 'Why, or where it went', why_hint: 'such as: too far apart, they go to court', terms_hint: 'Who does what by when. For the mediators and whoever took it in.', form: 'Form', forms: { written: 'Written', oral: 'Oral' }, agreed_on: 'Agreed on', visits: 'Visits', visit: 'Visit no. {n}', add: 'Add a visit', remove: 'Remove visit no. {n}', no_visits: 'No visit: it is over once kept.', files: 'Agreement', done: 'Result recorded: {outcome}' },
  visit: { title: 'Record a visit', do: 'Keep the visit', made_on: 'Day of the visit', result: 'Is it kept', results: { kept: 'Kept', partly: 'Partly kept', broken: 'Not kept', not_met: 'Nobody met' }, text: 'What was found', next: 'Another visit', next_needed: 'Nobody was met: set the next day.', broken: 'Where it is not kept, mediation can be resumed afterwards.', done: 'Visit recorded' },
  team: { title: 'Change mediators or level', do: 'Keep the change', reason: 'Why', note: 'Whoever leaves no longer reads it; whoever comes reads all of it.', done: 'Changed' },
  resume: { title: 'Resume mediation', do: 'Resume mediation', reason: 'Why', note: 'Visits not made are dropped, the agreement stays told.', done: 'Mediation resumed' },
  roles: { applicant: 'Applicant', respondent: 'Respondent', agent: 'Speaks for one', other: 'Other' },
  edit: { title: 'Change the parties', do: 'Keep the parties', done: 'Parties kept' },
}
