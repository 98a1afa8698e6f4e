/** A supervision order as the service tells it, and what can be read off it. Pure. */

export type OrderDeed = 'sign' | 'reply' | 'accept' | 'return' | 'withdraw'
export interface ServedOn {
  unit: string; unit_name: string; state: string; state_name: string; late: boolean; signed_by: string; signed_at: string | null
  reply: string; replied_by: string; replied_at: string | null; judged_by: string; judged_at: string | null; reason: string; returns: number
  deeds: { deed: OrderDeed; name: string }[]
}
export interface Order {
  id: string; number: string; level: string; level_name: string; demand: string; limit_value: string; limit_unit: string
  issued_by: string; by_ladder: boolean; issued_at: string; due_at: string; state: string; state_name: string; ended_at: string | null; late: boolean
  case_id: string; case_number: string; case_text: string; case_place: string; case_state: string; class_name: string; served: ServedOn[]
}
export interface OrderPage { rows: Order[]; next: string | null }
export interface Urging { by: string; at: string; text: string; present: boolean }

export const SHOWN = ['mine', 'open', 'late', 'unsigned', 'closed', 'withdrawn', 'all'] as const
export type Shown = (typeof SHOWN)[number]
/** What the address says is shown; anything else means what waits for oneself. */
export const shownOf = (said: unknown): Shown => SHOWN.includes(said as Shown) ? said as Shown : 'mine'

/** How the mark before a state looks: late and unsigned ones are not told by colour alone, their words stand beside it. */
export const toneOf = (one: ServedOn): 'late' | 'soon' | 'ended' | 'running' =>
  one.late ? 'late' : one.state === 'issued' ? 'late' : one.state === 'accepted' || one.state === 'withdrawn' ? 'ended' : one.state === 'replied' ? 'running' : 'soon'

/** Units on which it was served, in a few words: the first and how many more. */
export const servedSaid = (order: Order, more: (n: number) => string): string =>
  order.served.length > 2 ? `${order.served[0]!.unit_name}${more(order.served.length - 1)}` : order.served.map((one) => one.unit_name).join('、')

/** What must be written for a deed; none for signing and accepting. */
export const asksFor = (deed: OrderDeed): 'text' | 'reason' | '' => deed === 'reply' ? 'text' : deed === 'return' || deed === 'withdraw' ? 'reason' : ''
export const bodyOf = (deed: OrderDeed, unit: string, words: string): Record<string, string> => {
  const field = asksFor(deed)
  return field ? { unit_code: unit, [field]: words.trim() } : { unit_code: unit }
}

/** What people usually write, offered as chips beside free words. */
export const USUAL: Record<'urge' | 'issue' | OrderDeed, string[]> = {
  urge: ['请抓紧办理，按时反馈', '群众已再次反映，请尽快到现场', '请今天反馈办理进展', '请尽快签收'],
  issue: ['请立即组织处置，按时书面报告', '请查明未按时办结的原因，一并报告', '请主要负责人签收并督促办理'],
  sign: [], accept: [],
  reply: ['已派人处置完毕，现场已恢复', '已安排处置，预计按时完成'],
  return: ['没有说明办理结果', '照片与现场不符，请补充'],
  withdraw: ['误发', '案件已由其他单位办结'],
}
