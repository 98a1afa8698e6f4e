/** Samples of closed cases: shapes of the answers, who manages them, and the time that a form means. */
import { session } from '@/shared/session'

export const POSTS = ['shift_leader', 'town_officer', 'evaluator', 'leader']
export const OUTCOMES = ['right', 'wrong', 'unclear'] as const

export interface SampleLine {
  id: string; number: string; title: string; area: string; area_name: string; since: string; until: string; population: number
  asked: number; size: number; done: number; wrong: number; share: string; state: string; state_name: string
  announced_at: string; drawn_at: string | null; due_at: string | null
}
export interface Figure { code: string; name: string; size: number; right: number; wrong: number; unclear: number; reopened: number; open: number; share: string; proven: string }
export interface Row {
  id: number; place: number; case_id: string; number: string; text: string; where: string; class_name: string; unit_name: string
  case_state: string; case_state_name: string; outcome: string; outcome_name: string; found: string; files: string[]; at: string | null
  person_name: string; deeds: string[]
}
export interface SampleDetail {
  sample: SampleLine; classes: { code: string; name: string }[]; by: string; days: number; way: string; way_name: string; commitment: string
  source: string; source_at: string | null; digest: string; seed: string; reason: string; said: string; whole: Figure; units: Figure[]
  of_classes: Figure[]; deeds: string[]; shown: boolean; rows: Row[]
}
export interface Waiting {
  id: number; sample_id: string; sample_number: string; case_id: string; number: string; text: string; where: string; lon: number; lat: number
  class_name: string; closing: string; due_at: string | null; unassigned: boolean
}
export interface Checked { number: string; state: string; sound: boolean; proofs: { name: string; holds: boolean; words: string }[] }
export interface CaseResult { sample_number: string; outcome: string; outcome_name: string; text: string; files: string[]; at: string | null }

/** The areas for which this person may announce: those of posts that manage samples and are tied to no unit. */
export const ownAreas = (): { code: string; name: string }[] => {
  const own = (session.me?.roles ?? []).filter((post) => POSTS.includes(post.code) && !post.unit_code).map((post) => ({ code: post.area_code, name: post.area_name }))
  return own.filter((area, place) => own.findIndex((other) => other.code === area.code) === place)
}

const pad = (value: number): string => String(value).padStart(2, '0')
export const dayOf = (at: Date): string => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`

/** Closed from the first day on until the last one is over, or until now where that is not yet. Null where that is no time. */
export function periodOf(from: string, to: string, now: Date): { since: string; until: string } | null {
  const since = new Date(`${from}T00:00:00`)
  const last = new Date(`${to}T00:00:00`)
  if (Number.isNaN(since.getTime()) || Number.isNaN(last.getTime())) return null
  const over = new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1)
  const until = over < now ? over : now
  return since < until ? { since: since.toISOString(), until: until.toISOString() } : null
}

/** The day before an instant that leaves its day out: "until the 1st at midnight" is the last of the month before. */
export const lastDay = (until: string): string => dayOf(new Date(new Date(until).getTime() - 1))
