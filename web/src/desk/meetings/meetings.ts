/** Meetings as the service tells them, and what can be read off them. Pure. */
import type { components } from '@/shared/api/schema'

export type Meeting = components['schemas']['MeetingDetail']
export type MeetingLine = components['schemas']['MeetingLine']
export type MeetingPage = components['schemas']['MeetingPage']
export type Agenda = components['schemas']['AgendaLine']
export type Decision = components['schemas']['DecisionLine']
export type DecisionPage = components['schemas']['DecisionPage']
export type Kind = components['schemas']['MeetingKind']
export type Person = components['schemas']['MeetingPerson']

export const SHOWN = ['mine', 'open', 'late', 'over'] as const
export type Shown = (typeof SHOWN)[number]
/** What the address says is shown; anything else means what waits for oneself. */
export const shownOf = (said: unknown): Shown => SHOWN.includes(said as Shown) ? said as Shown : 'mine'

export const HOLDING = ['leader', 'shift_leader', 'dispatcher', 'community_officer', 'town_officer']

/** Points under the heading of where they came from, in the order of the service. */
export function grouped(agenda: Agenda[]): { source: string; name: string; points: Agenda[] }[] {
  const groups: { source: string; name: string; points: Agenda[] }[] = []
  for (const point of agenda) {
    const last = groups[groups.length - 1]
    if (last && last.source === point.source) last.points.push(point)
    else groups.push({ source: point.source, name: point.source_name, points: [point] })
  }
  return groups
}

export interface Draft {
  way: 'case' | 'tie' | 'task'; text: string; by: 'unit' | 'person'; unit: string; person: string; due: string | null; number: string
  point: { lon: number; lat: number } | null; place: string; class_code: string
}

/** A decision on a point of the agenda, or on none: on a case it goes to that case, else it is a task. */
export const draftOf = (point: Agenda | null): Draft => ({
  way: point?.case && !point.case.over ? 'tie' : 'task', text: '', by: 'unit', unit: '', person: '', due: null,
  number: point?.case?.number ?? '', point: null, place: '', class_code: '',
})

/** Which fields are still missing, by name. */
export function lacks(draft: Draft): string[] {
  const needed: [string, boolean][] = [
    ['text', !draft.text.trim()], ['number', draft.way === 'tie' && !draft.number.trim()], ['point', draft.way === 'case' && !draft.point],
    ['unit', draft.way === 'task' && draft.by === 'unit' && !draft.unit], ['person', draft.way === 'task' && draft.by === 'person' && !draft.person]]
  return needed.filter(([, missing]) => missing).map(([name]) => name)
}

/** What is sent; nothing that another way would have asked for. */
export function bodyOf(draft: Draft, id: string, item: number): Record<string, unknown> {
  const body: Record<string, unknown> = { id, item, way: draft.way, text: draft.text.trim(), due: draft.due || null }
  if (draft.way === 'task' && draft.by === 'person') return { ...body, person: draft.person }
  body.unit_code = draft.unit
  if (draft.way === 'tie') return { ...body, number: draft.number.trim() }
  if (draft.way === 'case') return { ...body, ...draft.point, place: draft.place.trim(), class_code: draft.class_code }
  return body
}

/** How the mark before a decision looks; its words stand beside it. */
export const toneOf = (one: Decision): 'late' | 'ended' | 'running' => one.late ? 'late' : one.state === 'open' ? 'running' : 'ended'

/** Everything said of a meeting, as it is sent back with one thing changed. */
export const saidOf = (one: Meeting): Record<string, unknown> => ({
  held_at: one.meeting.held_at, title: one.meeting.title, place: one.meeting.place, minutes: one.minutes,
  people: one.people.map((each) => each.id), unit_codes: one.units.map((each) => each.code), version: one.version,
})

/** 11月27日 前; with the year where it is another one. */
export function dueSaid(day: string | null, now: Date = new Date()): string {
  if (!day) return ''
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return `${year === now.getFullYear() ? '' : `${year}年`}${month}月${date}日`
}
