/** Cases that may tell of the same problem, as the service tells them, and why in words. Pure. */

export interface Similar {
  id: string; number: string; state: string; state_name: string; text: string; place: string; class_name: string; unit_name: string
  reported_at: string; metres: number; hours: number; words: string[]; score: number; lon: number; lat: number
}
export interface Earlier {
  id: string; number: string; text: string; place: string; class_name: string; unit_name: string; reported_at: string; ended_at: string | null; metres: number
}
export interface Together {
  id: string; number: string; state: string; state_name: string; seen: boolean; text: string; place: string; channel: string
  reported_at: string | null; merged_at: string | null; has_contact: boolean; files: { file_id: string; name: string; kind: string; action: string }[]
}
export interface Family { leader: Together | null; members: Together[]; more: number }

/** Posts that may merge; the service has the last word. */
const MERGING = ['acceptor', 'shift_leader', 'community_officer', 'town_officer']
export const mayMerge = (posts: string[]): boolean => posts.some((post) => MERGING.includes(post))

/** States in which nobody has it in hand yet: there a similar case is looked for. */
export const EARLY = ['reported', 'verifying', 'verified', 'filed']

/** Which of two leads by itself: the one that was reported first. */
export const leads = (one: { reported_at: string }, other: { reported_at: string }): boolean => one.reported_at <= other.reported_at

/** The pieces in 「」, at most three: “枫林路12号门”“路灯”. */
export const pieces = (words: string[]): string => words.map((word) => `“${word}”`).join('')
