/** Kinds of event, and what is publicised. */
export const zh = {
  kind: '事件类别', ordinary: '一般类', ordinary_said: '当场处置，或按村社区、镇街、区县逐级办理', change: '改事件类别', choose: '改为哪一类', no_kind: '请选择类别。', changed: '已改为{name}',
  change_rule: '改了以后按新类别的步骤办，本环节的时限从现在重新算。', wrong_place: '只有分级办理的镇街才分类别；登记时会核对位置。',
  names: { coordination: '协调类', mediation: '纠纷调解类', sudden: '突发类', approval: '审批类' },
  title: '两级公示', shown: '公示中', over: '已结束', left: '还剩 {days} 天', last_day: '今天到期', no_end: '未定期限', from: '{from} 起', until: '{from} 至 {until}', print: '打印公示单', all: '全部公示', all_title: '正在公示', empty: '现在没有正在公示的事项。审批类案件由镇街同意后，会在这里列出。', area: '公示范围', words: '公示内容', period: '公示期', rest: '还剩', case: '案件',
  paper: { title: '公 示', do: '打印', back: '返回案件', none: '这件案件现在没有公示内容。', period: '公示期：{from} 至 {until}', open_period: '公示期：{from} 起', objection: '对以上内容有异议的，请在公示期内向{area}反映。', seal: '（盖章）', number: '编号' },
}
export const en = {
  kind: 'Kind of event', ordinary: 'Ordinary', ordinary_said: 'Solved on the spot, or level by level', change: 'Change the kind', choose: 'Change to', no_kind: 'Choose a kind.', changed: 'Changed to {name}',
  change_rule: 'It goes on by the steps of the new kind; the clock of this stage begins anew.', wrong_place: 'Kinds exist only where cases go level by level; the place is checked when you register.',
  names: { coordination: 'Coordination', mediation: 'Dispute', sudden: 'Sudden event', approval: 'Approval' },
  title: 'Public notice', shown: 'Shown now', over: 'Over', left: '{days} days left', last_day: 'Ends today', no_end: 'No end set', from: 'from {from}', until: '{from} to {until}', print: 'Print the notice', all: 'All notices', all_title: 'Shown now', empty: 'Nothing is publicised now. Approvals that the town agrees to stand here.', area: 'Where', words: 'Words', period: 'Period', rest: 'Left', case: 'Case',
  paper: { title: 'Public notice', do: 'Print', back: 'Back to the case', none: 'Nothing is publicised of this case now.', period: 'From {from} to {until}', open_period: 'From {from}', objection: 'Objections to {area}, please, before the end.', seal: '(seal)', number: 'Number' },
}
