/** Referrals as the service tells them, and what a screen makes of them. Pure. */
import { left, said } from '@/shared/words/time'

export type Tab = 'sign' | 'answer' | 'back' | 'sent' | 'received' | ''
export const TABS: Tab[] = ['sign', 'answer', 'back', 'sent', 'received', '']

export interface Line {
  id: string; number: string; sending: number; current: boolean; category: string; category_name: string; urgency: string
  state: string; state_name: string; text: string; place: string; area: string; area_name: string; from_name: string
  unit: string; unit_name: string; sent_at: string; due_at: string | null; late: boolean; outcome: string; outcome_name: string
  red: boolean; signed_at: string | null; answered_at: string | null; ended_at: string | null; from_case: boolean; reads: boolean; sides: string[]
}
export interface Page { rows: Line[]; next: string | null }
export interface Deed { deed: string; name: string; asks: boolean }
export interface Sending { sending: number; unit: string; unit_name: string; outcome: string; outcome_name: string; red: boolean; sent_at: string; due_at: string | null; signed_at: string | null; refused_at: string | null; withdrawn_at: string | null; answer_due_at: string | null; answered_at: string | null }
export interface Entry { number: number; verb: string; said: string; at: string; by: string; unit_name: string; text: string; late: boolean; files: string[] }
export interface File { file_id: string; deed: string; name: string; kind: string; media_type: string }
export interface Detail {
  referral: Line & { lon: number | null; lat: number | null; found_at: string | null; has_contact: boolean; sent_by: string; first_sent_at: string; case: { id: string; number: string } | null }
  deeds: Deed[]; sendings: Sending[]; timeline: Entry[]; files: File[]
}
export interface Choices {
  categories: { code: string; name: string; receivers: string; sign: string; answer: string }[]
  urgencies: { code: string; name: string }[]
  urgent_sign: string
  units: { code: string; name: string; kind: string; signs: boolean; own: boolean }[]
}
export interface Cell { sent: number; counts: Record<string, number>; rate: number | null; said: string; filter: Record<string, string> }
export interface SheetRow { code: string; name: string; cells: Cell[]; total: Cell }
export interface Sheet { at: string; month: string; area: string; area_name: string; categories: { code: string; name: string }[]; outcomes: Record<string, string>; places: SheetRow[]; units: SheetRow[]; total: Cell; unreported: number }

export const RED = ['signed_late', 'unsigned', 'refused_late']
const FILTERS = ['tab', 'state', 'category', 'outcome', 'area', 'unit', 'month', 'late', 'here'] as const
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>

/** What the address asks for; unknown words and empty ones are left out. */
export function filtersOf(query: Record<string, unknown>): Filters {
  return Object.fromEntries(FILTERS.map((name) => [name, typeof query[name] === 'string' ? query[name] : '']).filter(([, value]) => value)) as Filters
}

/** The tab to open with: what waits for me before what I sent, else all I may see. */
export function firstTab(counts: Partial<Record<string, { count: number }>>, sends: boolean): Tab {
  return (['sign', 'back', 'answer'] as Tab[]).find((tab) => counts[tab]?.count) ?? (sends ? 'sent' : '')
}

/** Where a number of the sheet leads: exactly the sendings it counts. */
export const opened = (cell: Cell, outcome = ''): string => `/referrals?${new URLSearchParams({ ...cell.filter, ...(outcome ? { outcome } : {}) }).toString()}`

/** What a line says of its clock. */
export function clockSaid(line: Pick<Line, 'state' | 'due_at' | 'current'>, now: Date): string {
  if (!line.current || !line.due_at || !['sent', 'signed'].includes(line.state)) return ''
  return left({ state: line.state, due_at: line.due_at }, now)
}

/** The months that can be chosen, the present one first: 2026-11, 2026-10 … */
export function months(now: Date, count = 24): string[] {
  return Array.from({ length: count }, (_, back) => {
    const at = new Date(now.getFullYear(), now.getMonth() - back, 1)
    return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}`
  })
}

/** When and how the signature came, as a cell says it. */
export function signedSaid(line: Pick<Line, 'signed_at' | 'outcome_name'>, now: Date): string {
  return line.signed_at ? `${line.outcome_name}（${said(line.signed_at, now)}）` : line.outcome_name
}

export interface Draft { category: string; unit_code: string; urgency: string; text: string; place: string; area: string; point: { lon: number; lat: number } | null; contact_name: string; contact_phone: string; files: { id: string; name: string; kind: string }[]; anyway: boolean }
export const emptyDraft = (): Draft => ({ category: '', unit_code: '', urgency: 'ordinary', text: '', place: '', area: '', point: null, contact_name: '', contact_phone: '', files: [], anyway: false })

/** What is still missing, by field. */
export function lacking(draft: Draft, fromCase: boolean): string[] {
  return [!draft.category && 'category', !draft.unit_code && 'unit_code', !draft.text.trim() && 'text', !fromCase && !draft.point && !draft.area && 'area'].filter((one): one is string => !!one)
}

/** What is sent to the service. */
export function bodyOf(draft: Draft, id: string, caseId: string): Record<string, unknown> {
  const { point, files, area, ...rest } = draft
  return { id, ...rest, files: files.map((file) => file.id), ...(caseId ? { case: caseId } : point ? { lon: point.lon, lat: point.lat } : { area }) }
}
