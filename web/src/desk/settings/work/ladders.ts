/** Escalation ladders: what a rung says, and where it stands on the line. Pure. */

export interface Rung { when: string; where: string; post: string; does: string; gives: string }
export interface ShownRung extends Rung { said_when: string; said_whom: string; number: number }
export interface Ladder {
  profile: string; profile_name: string; state: string; state_name: string; level: string; level_name: string; set_at: string; own: boolean
  rungs: ShownRung[]; faults: { rung: number; why: string }[]
}
export interface Words {
  where: { code: string; name: string; posts: { code: string; name: string }[] }[]
  does: { code: string; name: string }[]
  most: number
}
export interface Told { ladders: Ladder[]; words: Words }

export const keyOf = (ladder: Ladder): string => [ladder.profile, ladder.state, ladder.level].join('/')
export const plain = (rung: Rung): Rung => ({ when: rung.when, where: rung.where, post: rung.post, does: rung.does, gives: rung.gives })

/** A time as it is set: a share of the limit, so much before it, at it, so much after it. */
export type Side = 'share' | 'before' | 'at' | 'after'
export interface When { side: Side; value: string; unit: string }
export function readWhen(when: string): When {
  if (when === '0') return { side: 'at', value: '', unit: 'work_day' }
  const share = /^-([0-9]+)%$/.exec(when)
  if (share) return { side: 'share', value: share[1]!, unit: 'work_day' }
  const span = /^([+-])([0-9.]+) ([a-z_]+)$/.exec(when)
  return span ? { side: span[1] === '+' ? 'after' : 'before', value: span[2]!, unit: span[3]! } : { side: 'at', value: '', unit: 'work_day' }
}
export const writeWhen = (when: When): string =>
  when.side === 'at' ? '0' : when.side === 'share' ? `-${when.value.trim()}%` : `${when.side === 'after' ? '+' : '-'}${when.value.trim()} ${when.unit}`

/** Before, at or after the limit: which part of the line a rung stands on. */
export const partOf = (when: string): 'before' | 'at' | 'after' => when === '0' ? 'at' : when.startsWith('+') ? 'after' : 'before'
