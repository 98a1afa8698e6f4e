/** Who called before, and calls back after closing. */
export const zh = {
  known: '这个号码反映过 {all} 件', known_open: '，{open} 件还在办', alike: '尾号相同的号码反映过 {all} 件', alike_hint: '尾号相同的不一定是同一个人，请先问清楚。', newest: '最近 {n} 件', look: '查看', history: '来电人此前反映的案件', first: '这个号码此前没有反映过。', failed: '没有查到此前的案件：{why}',
  callbacks: '回访', deed: '记录回访', outcome: '回访结果', satisfied: '满意', not: '不满意', unreached: '没有联系上', choose: '请选择回访结果。', text: '说明', why: '为什么不满意', why_needed: '请写明反映人为什么不满意。',
  rule: '号码在案件的“查看联系方式”里。三次没有联系上，就不用再回访。', not_rule: '案件要重新办理的，记录后由值班长重新打开。', done: '已记录回访：{outcome}', again: '已记录：没有联系上，满三次就不用再打',
  calls: '回访记录', none: '还没有回访。', due: '结案后要回访反映人。', by: '{who}，{at}', earlier: '上一次结案后',
  waiting: '待回访', number: '案件编号', what: '问题', ended: '结案时间', tries: '已打', times: '{n} 次没有联系上', no_try: '还没打', empty: '没有要回访的案件。热线案件结案后会列在这里；哪些来源要回访，在“设置 → 来源规则”里定。', more: '这里列出先结案的 200 件。', month: '月份', rate: '满意率', rate_none: '还没有人答复',
  figures: '{month} 回访', rate_is: '答复的 {answered} 人里，{satisfied} 人满意', unreached_is: '另有 {n} 次没有联系上',
}
export const en = {
  known: 'Reported {all} before from this number', known_open: ', {open} still open', alike: '{all} reported from numbers that end alike', alike_hint: 'Numbers that end alike may belong to others. Ask first.', newest: 'The newest {n}', look: 'Look', history: 'Earlier cases of the caller', first: 'Nothing was reported from this number before.', failed: 'Earlier cases could not be looked up: {why}',
  callbacks: 'Calls back', deed: 'Note a call back', outcome: 'Outcome', satisfied: 'Satisfied', not: 'Not satisfied', unreached: 'Not reached', choose: 'Choose an outcome.', text: 'Remark', why: 'Why not', why_needed: 'Say why the reporter is not satisfied.',
  rule: 'The number stands behind “show the contact” in the case. After three calls that nobody took it is over.', not_rule: 'If it has to be handled again, the shift leader opens it again.', done: 'Noted: {outcome}', again: 'Noted: not reached; after three times it is over',
  calls: 'Calls back', none: 'Nobody called yet.', due: 'The reporter is to be called.', by: '{who}, {at}', earlier: 'after the closing before',
  waiting: 'To be called', number: 'Number', what: 'Problem', ended: 'Closed', tries: 'Tried', times: '{n} not taken', no_try: 'not yet', empty: 'Nobody has to be called.', more: 'These are the 200 closed first.', month: 'Month', rate: 'Satisfied', rate_none: 'nobody answered yet',
  figures: 'Calls of {month}', rate_is: '{satisfied} of {answered} who answered are satisfied', unreached_is: '{n} calls were not taken',
}
