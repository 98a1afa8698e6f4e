/** Units that help with a case. */
export const zh = {
  title: '协办单位', lead: '主办：{unit}。时限按案件本身计算。', ask: '请单位协办', ask_unit: '请{unit}协办', asked: '已请{unit}协办',
  unit: '协办单位', no_unit: '请选择协办单位。', task: '协办事项', no_task: '请写明要协办什么。',
  rule: '主办仍是{unit}；协办单位都完成后，主办单位才能反馈结果。', unsigned: '未签收', signed_at: '{at}签收', by: '{who}，{at}请办', ended_by: '{who}，{at}办结',
  sign: '签收', signed: '{unit}已签收', finish: '完成协办', decline: '退回协办', release: '不再协办', result: '完成情况', reason: '理由', no_words: '请填写。', photos: '照片或文件',
  state: { asked: '协办中', done: '已完成', declined: '已退回', released: '已取消' },
  done: { finish: '{unit}已完成协办', decline: '{unit}已退回协办', release: '已取消{unit}的协办' },
}
export const en = {
  title: 'Units that help', lead: 'Led by {unit}. The clock is that of the case.', ask: 'Ask a unit to help', ask_unit: 'Ask {unit} to help', asked: '{unit} was asked to help',
  unit: 'Unit', no_unit: 'Choose a unit.', task: 'What to do', no_task: 'Say what is to be done.',
  rule: '{unit} still leads; it can feed back once all who help have finished.', unsigned: 'Not signed', signed_at: 'signed {at}', by: '{who}, {at}', ended_by: 'ended by {who}, {at}',
  sign: 'Sign', signed: '{unit} signed', finish: 'Finish', decline: 'Decline', release: 'Let go', result: 'What was done', reason: 'Reason', no_words: 'Please fill in.', photos: 'Photos or files',
  state: { asked: 'Helping', done: 'Done', declined: 'Declined', released: 'Let go' },
  done: { finish: '{unit} has finished', decline: '{unit} declined', release: '{unit} was let go' },
}
