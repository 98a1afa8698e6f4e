/** What people usually write for a step, offered as chips beside free words. By state and action, else by action. */

const PHRASES: Record<string, string[]> = {
  refuse: ['与已有案件重复', '不属于城市管理职责范围', '现场未发现所反映的问题', '信息不全，无法核实'],
  verify_false: ['现场未发现所反映的问题', '问题已自行消除', '位置不准，未找到'],
  'verifying/return': ['不在本网格范围', '今日不当班，请改派'],
  'filed/return': ['分类不准，请重新立案', '信息不全，请补充', '不属于立案范围'],
  'handling/return': ['不属于本单位职责', '权属属于其他单位', '位置不在本单位辖区'],
  'passed_up/return': ['属镇街职责，请就地办理', '材料不全，请补充后再报'],
  'checking/return': ['反馈照片看不清，请补充', '尚未处置完毕'],
  'checked/return': ['核查照片不清楚，请重新核查', '核查位置与案件不符'],
  'reported/hand_on': ['超出村（社区）处置能力', '涉及执法，需镇街办理'],
  'handling/hand_on': ['由下属班组具体处置', '超出村（社区）处置能力'],
  'reviewing/return': ['材料不全，请补齐后再报', '请到现场核对后再报'],
  'replying/return': ['结果没有说清，请补充', '群众不认可，需要再办'],
  'fed_back/return': ['结果没有说清，请补充'],
  'reported/pass_up': ['需要消防、公安等部门处置', '超出镇街处置能力'],
  'handling/pass_up': ['现场处置不了，需要区县支援'],
  object: ['公示期内有人提出异议', '公示内容有误'],
  submit: ['材料齐全，现场已看，情况属实'],
  follow: ['人员已到现场', '险情已控制', '需要增援'],
  reply: ['已当面回复，群众认可', '已电话回复'],
  'filed/pass_up': ['需区县部门执法', '跨镇街，需区县协调', '超出镇街处置能力'],
  'checked/pass_up': ['核查未通过，需区县部门办理'],
  ask_extension: ['需采购材料', '连续降雨，无法施工', '需协调产权单位', '需办理占道开挖许可'],
  extend: ['情况属实，同意延期', '连续降雨，无法施工', '需采购材料'],
  ask_suspension: ['等待产权单位配合', '已列入大修计划', '等待供货', '有纠纷，待协调'],
  suspend: ['情况属实，同意挂账', '已列入大修计划', '需等待产权单位配合'],
  decline: ['理由不充分，请按期办理', '具备处置条件，请按期办理', '请补充说明后再申请'],
  check_fail: ['问题仍在', '处置不彻底', '现场未清理干净', '修复质量不合格'],
  'fed_back/rework': ['反馈照片与现场不符', '处置不彻底', '没有附处置后照片'],
  'checked/rework': ['核查未通过，请重新处置', '处置不彻底'],
  reopen: ['问题反复', '反映人不满意，经复查属实', '误结案', '发现新情况'],
  void: ['重复立案', '误立案', '测试数据'],
  contact: ['回访核实情况', '请反映人确认位置', '告知办理结果'],
  feed_back: ['已清理完毕', '已修复，恢复使用', '已劝离，现场恢复', '已设置围挡并修复'],
  solve: ['已当场清理', '已当场劝离', '已当场扶正复位'],
  close: ['问题已解决'],
}

export const phrases = (action: string, state = ''): string[] => PHRASES[`${state}/${action}`] ?? PHRASES[action] ?? []

/** A phrase joined to what is already written, once. */
export function joined(written: string, phrase: string): string {
  const text = written.trim().replace(/[。；;，,]$/, '')
  if (!text) return phrase
  return text.includes(phrase) ? written : `${text}；${phrase}`
}
