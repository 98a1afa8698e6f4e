/** Proposals of deputies and committee members. */
export const zh = {
  proposals: '建议提案', note: '登记建议提案', noted: '已登记并交办', year: '年度', state: '状态', shown: { all: '全部', open: '办理中', closed: '已办结' }, kind: '类别', kinds: { npc: '人大代表建议', cppcc: '政协委员提案' },
  number: '编号', title: '标题', text: '内容（可不填）', proposer: '提出人', proposer_hint: '要上门走访的代表或委员；加密保存', key: '重点', key_check: '列为重点', area: '区域', unit: '承办单位', due: '办结期限', late: '已超期', needed: '请填写{what}。',
  rates: '{year} 年三率', all: '件数', key_count: '其中重点', closed: '已办结', closed_rate: '办结率', visited_rate: '走访率', satisfied_rate: '满意率', whole: '合计', no_rate: '—', of: '{part} / {whole}',
  rates_rule: '办结率是办结的占全部；走访率是已二次走访、当面答复的占全部；满意率是表示满意的占表过态的，以最后一次为准。',
  empty: '这一年还没有登记建议提案。值班长、派遣员、镇街网格办登记后交给承办单位，列在这里。', empty_state: '这一类没有。', more: '先列出 200 件。', back: '返回列表', steps: '办理经过', by: '{who}，{at}', satisfied: '提出人满意', dissatisfied: '提出人不满意，重新办理', handed: '承办单位：{unit}',
  about: { visit: '当面听取的意见', draft: '答复稿', countersign: '会签意见', return_draft: '退回的理由', answer: '当面答复的情况', carry_out: '落实了什么', return_work: '退回的理由', close: '办结意见', assign: '改派的理由' },
  was: '提出人对答复', yes: '满意', no: '不满意', choose: '请选择提出人是否满意。', no_rule: '不满意的退回重新拟答复，再会签、再走访。', done: '已办理：{name}', wait: '现在由{who}办理。', office: '值班长、派遣员或镇街网格办', of_unit: '承办单位', over: '已办结。',
}
export const en = {
  proposals: 'Proposals', note: 'Note a proposal', noted: 'Noted', year: 'Year', state: 'State', shown: { all: 'All', open: 'Open', closed: 'Closed' }, kind: 'Kind', kinds: { npc: 'Of a deputy', cppcc: 'Of a committee member' },
  number: 'Number', title: 'Title', text: 'Text', proposer: 'Proposed by', proposer_hint: 'who is to be visited; sealed', key: 'Key', key_check: 'A key proposal', area: 'Area', unit: 'Unit', due: 'Due', late: 'late', needed: 'Give {what}.',
  rates: 'The three rates of {year}', all: 'All', key_count: 'Key', closed: 'Closed', closed_rate: 'Closed', visited_rate: 'Visited', satisfied_rate: 'Satisfied', whole: 'Whole', no_rate: '—', of: '{part} / {whole}',
  rates_rule: 'Closed and visited twice, of all; satisfied, of those who said so.',
  empty: 'None of this year yet.', empty_state: 'None.', more: 'The first 200.', back: 'Back to the list', steps: 'What was done', by: '{who}, {at}', satisfied: 'satisfied', dissatisfied: 'not satisfied: answered anew', handed: 'Unit: {unit}',
  about: { visit: 'What was heard', draft: 'Draft of the answer', countersign: 'Remark', return_draft: 'Why', answer: 'How it was answered', carry_out: 'What was done', return_work: 'Why', close: 'Remark', assign: 'Why' },
  was: 'With the answer', yes: 'Satisfied', no: 'Not satisfied', choose: 'Choose one.', no_rule: 'Not satisfied: it is drafted anew.', done: 'Done: {name}', wait: 'It is with {who}.', office: 'the office', of_unit: 'the unit', over: 'Closed.',
}
