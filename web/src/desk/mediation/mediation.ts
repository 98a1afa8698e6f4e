/** Mediations as the service tells them, and what a screen makes of them. Pure. */

export const TABS = ['mine', 'open', 'ended'] as const
export type Tab = (typeof TABS)[number]
/** What the address says is shown; anything else means one's own. */
export const tabOf = (said: unknown): Tab => TABS.includes(said as Tab) ? said as Tab : 'mine'

export interface Line {
  id: string; case_id: string; case_number: string; area_name: string; matter: string; matter_name: string; kind_name: string; level_name: string
  state: string; state_name: string; outcome: string; outcome_name: string; lead_name: string; parties: number; sessions: number
  opened_at: string; due_at: string | null; late: boolean; mine: boolean
}
export interface Page { rows: Line[]; next: string | null }
export interface Facts {
  id: string; case_id: string; case_number: string; sees_case: boolean; reads: boolean; area_name: string; place: string; about: string
  kind: string; kind_name: string; level: string; level_name: string; matter: string; matter_name: string; state: string; state_name: string
  outcome: string; outcome_name: string; parties: number; sessions: number; opened_at: string; opened_by: string
  due_at: string | null; next_at: string | null; concluded_at: string | null; late: boolean
}
export interface Mediator { id: string; name: string; lead: boolean }
export interface Session { number: number; at: string; people: string[]; result: string; result_name: string; place: string; text: string }
export interface Visit { number: number; due_on: string; made_on: string | null; result: string; result_name: string; by: string; late: boolean; text: string }
export interface Conclusion { at: string; outcome: string; outcome_name: string; form_name: string; agreed_on: string | null; text: string; by: string }
export interface Detail {
  mediation: Facts; deeds: { deed: string; name: string }[]; people: Mediator[]; parties: { role: string; role_name: string }[]
  sessions: Session[]; visits: Visit[]; conclusions: Conclusion[]; changes: { at: string; text: string }[]
  files: { file_id: string; deed: string; name: string; media_type: string }[]
}
export interface Named { code: string; name: string }
export interface Someone { id: string; name: string }
export interface Choices {
  kinds: Named[]; levels: Named[]; roles: Named[]; matters: (Named & { visit_days: number[] })[]; outcomes: (Named & { agreed: boolean })[]
  low: number; high: number; teams: { name: string; members: (Someone & { function_name: string })[] }[]; others: Someone[]
}
export interface Party { role: string; name: string; phone: string; note: string }
export interface Kept { id: string; name: string; kind: string }

export const ROLES = ['applicant', 'respondent', 'agent', 'other'] as const
export const emptyParty = (role = 'applicant'): Party => ({ role, name: '', phone: '', note: '' })
/** Rows in which nothing was written are left out. */
export const filled = (parties: Party[]): Party[] => parties.filter((one) => one.name.trim() || one.phone.trim() || one.note.trim())
export const partiesReady = (parties: Party[]): boolean => filled(parties).length > 0 && filled(parties).every((one) => !!one.name.trim())

/** Who is proposed: the nearest team, as far as it is of the usual size. */
export const proposed = (choices: Choices): string[] => choices.teams[0]?.members.slice(0, choices.high).map((one) => one.id).filter((id, place, all) => all.indexOf(id) === place) ?? []

/** Too few or too many, to be said; '' when it is as usual. */
export const sizeOf = (count: number, choices: Choices): 'few' | 'many' | '' => count === 0 ? '' : count < choices.low ? 'few' : count > choices.high ? 'many' : ''

/** So many days after a day: 2026-11-23 and 30 → 2026-12-23. */
export function daysAfter(day: Date, days: number): string {
  const at = new Date(day.getFullYear(), day.getMonth(), day.getDate() + days)
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}
/** 2026-12-23 → 12月23日, with the year where it is another. */
export function daySaid(day: string, now: Date): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year === now.getFullYear() ? '' : `${year}年`}${month}月${date}日`
}
/** Due by the end of a day: that day; else the time as `said` tells it. */
export function dueSaid(at: string, now: Date, said: (at: string, now: Date) => string): string {
  const due = new Date(at)
  return due.getHours() === 23 && due.getMinutes() === 59 ? daySaid(daysAfter(due, 0), now) : said(at, now)
}
/** The visit that is due next. */
export const nextVisit = (visits: Visit[]): Visit | undefined => visits.filter((one) => !one.result).sort((a, b) => a.due_on.localeCompare(b.due_on))[0]
