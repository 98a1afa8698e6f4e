/** Similar cases, merging, and what came back. */
export const zh = {
  title: '相似的在办案件', hint: '按位置、时间和文字找出，是否同一个问题请您判断。', none: '附近没有相似的在办案件。', here: '同一位置', metres: '相距 {n} 米', both: '都提到 {words}',
  look: '查看', into_it: '并入这件', take_it: '让它并入本案', typed: '附近已有相似的在办案件', typed_hint: '是同一个问题的，照常填写后并入它，来电人会一并得到答复。', same: '是同一个问题', same_not: '不是同一个', save_into: '保存并并入 {number}',
  saved_into: '已保存，并入 {number}', not_merged: '已保存，但没有并入：{why}',
  merge: '并案', merge_with: '与哪一件是同一个问题', other: '按案件编号', number: '案件编号', find: '查找', not_found: '没有找到这个编号的案件，或不在您的责任范围内。请核对编号。', choose: '请选择一件案件。',
  which: '并案后由哪一件继续办理', lead_other: '{number} 继续办理，本案并入', lead_this: '本案继续办理，{number} 并入', first: '先上报',
  reason: '说明', rule: '并入的案件停止计时、不再单独办理；上报人、联系方式和照片都保留，结果会一并告知。', send: '并入 {number}', send_this: '把 {number} 并入本案', merged: '{number} 已并入 {leader}',
  unmerge: '拆分并案', unmerge_rule: '拆分后恢复并案前的环节，并案期间不计入时限。', unmerge_why: '为什么拆分', no_reason: '请写明为什么拆分。', unmerged: '{number} 已拆出，恢复单独办理',
  family: '并案', led: '本案已并入下面这件，随其办理。', leading: '下列案件并入本案，办理结果会一并告知上报人。', more: '另有 {n} 件，请在列表中查看。', at: '{at}并入', contact: '有联系方式', unseen: '不在您的责任范围内',
  repeat: '重复发生', repeat_hint: '同一处此前办结过同类问题，请一并分析原因。', closed: '{at}办结', merged_time: '并案',
}
export const en = {
  title: 'Similar open cases', hint: 'Found by place, time and words; whether it is the same problem is for you to say.', none: 'No similar open case near by.', here: 'same place', metres: '{n} m away', both: 'both say {words}',
  look: 'Look', into_it: 'Merge into it', take_it: 'Take it in', typed: 'Similar open cases near by', typed_hint: 'If it is the same problem, fill in as usual and merge; the caller will be told of the outcome.', same: 'It is the same problem', same_not: 'Not the same', save_into: 'Save and merge into {number}',
  saved_into: 'Saved and merged into {number}', not_merged: 'Saved, but not merged: {why}',
  merge: 'Merge', merge_with: 'Which one is the same problem', other: 'By number', number: 'Number', find: 'Find', not_found: 'No case of this number within your reach. Check the number.', choose: 'Choose a case.',
  which: 'Which one goes on', lead_other: '{number} goes on, this one becomes part of it', lead_this: 'This one goes on, {number} becomes part of it', first: 'reported first',
  reason: 'Remark', rule: 'What is merged rests and has no clock; reporter, contact and photos are kept, and all are told of the outcome.', send: 'Merge into {number}', send_this: 'Take {number} in', merged: '{number} is part of {leader}',
  unmerge: 'Un-merge', unmerge_rule: 'It stands again as before; the time merged does not count.', unmerge_why: 'Why', no_reason: 'Say why.', unmerged: '{number} goes on by itself',
  family: 'Merged', led: 'This case is part of the one below.', leading: 'These are part of this case; their reporters are told of the outcome.', more: '{n} more, see the list.', at: 'merged {at}', contact: 'has a contact', unseen: 'outside your reach',
  repeat: 'Came back', repeat_hint: 'The same problem was closed here before: look for its cause.', closed: 'closed {at}', merged_time: 'Merged',
}
