/** What the pages of the parts register share: shapes of answers, filters in the address, what is sent. Pure. */
import type { Query } from '@/shared/api/call'

export interface PartLine {
  id: string; number: string; class_code: string; class_name: string; name: string; state: string; state_name: string
  lon: number; lat: number; shape: string; accuracy: string; area: string; area_name: string
  owner_name: string; supervisor_name: string; maintainer_name: string; surveyed_on: string; changed_on: string | null; metres: number | null
}
export interface Change { at: string; by: string; via: string; verb: string; said: string; reason: string; what: { column: string; name: string; before: string; after: string }[] }
export interface PartFacts {
  id: string; number: string; county: string; name: string; state: string; state_name: string; surveyed_on: string; changed_on: string | null
  source: string; accuracy: string; note: string; shape: string; lon: number; lat: number; class_code: string; class_name: string; major_name: string
  area: string; area_name: string; area_then: string; area_then_name: string
  supervisor_code: string; supervisor_name: string; supervisor_ours: boolean; owner_code: string; owner_name: string; owner_ours: boolean
  maintainer_code: string; maintainer_name: string; maintainer_ours: boolean
}
export interface PartDetail {
  part: PartFacts; geometry: { type: string; coordinates: unknown }; numbers: { number: string; until: string | null }[]
  history: Change[]; chain: { code: string; name: string; kind: string }[]; may_manage: boolean
}

export const STATES = ['intact', 'damaged', 'lost', 'abandoned', 'removed'] as const
export const GONE = ['abandoned', 'removed']
export const needsReason = (state: string): boolean => state === 'lost' || GONE.includes(state)

export interface Filters { words: string; number: string; class_code: string; area: string; owner: string; state: string; gone: boolean }
const TEXTS = ['words', 'number', 'class_code', 'area', 'owner', 'state'] as const
export const noFilters = (): Filters => ({ words: '', number: '', class_code: '', area: '', owner: '', state: '', gone: false })

export function fromAddress(query: Record<string, unknown>): Filters {
  const one = (name: string) => { const found = query[name]; return String((Array.isArray(found) ? found[0] : found) ?? '') }
  return { ...noFilters(), ...Object.fromEntries(TEXTS.map((name) => [name, one(name)])), gone: one('gone') === '1' } as Filters
}

/** What is set, for the address of the page; the same is the query of the list, of the counts and of the export. */
export function toAddress(filters: Filters): Record<string, string> {
  const told: Record<string, string> = {}
  for (const name of TEXTS) if (filters[name].trim()) told[name] = filters[name].trim()
  if (filters.gone) told.gone = '1'
  return told
}
export const asked = (filters: Filters): Query => ({ ...toAddress(filters), gone: filters.gone || undefined })
export const anySet = (filters: Filters): boolean => Object.keys(toAddress(filters)).length > 0

export function exportAddress(filters: Filters, format: string): string {
  const query = new URLSearchParams({ ...toAddress(filters), format })
  if (filters.gone) query.set('gone', 'true')
  return `/api/parts/export?${query}`
}

export const BODIES = ['supervisor', 'owner', 'maintainer'] as const
const GIVEN = ['name', ...BODIES.flatMap((body) => [`${body}_code`, `${body}_name`]), 'surveyed_on', 'source', 'accuracy', 'note'] as const
export type Given = Record<string, string>

/** The form of a part as it is entered now; empty for a new one. */
export function formOf(part?: PartFacts): Given {
  const from = (part ?? {}) as unknown as Record<string, string | null>
  return { class_code: part?.class_code ?? '', number: '', reason: '', ...Object.fromEntries(GIVEN.map((name) => [name, from[name] ?? ''])) }
}

/** What is sent for a new part. Empty texts are left to the service. */
export function newBody(id: string, form: Given, place: { lon: number; lat: number }): Record<string, unknown> {
  const filled = Object.fromEntries(GIVEN.filter((name) => form[name]?.trim()).map((name) => [name, form[name]!.trim()]))
  return { id, class_code: form.class_code, number: form.number?.trim() ?? '', ...place, ...filled }
}

/** Only what was changed, code and name of a body together; null where nothing was. */
export function correctBody(before: Given, form: Given): Record<string, string> | null {
  const differs = (name: string) => (form[name] ?? '').trim() !== (before[name] ?? '').trim()
  const body: Record<string, string> = {}
  for (const name of GIVEN) if (differs(name)) body[name] = form[name]!.trim()
  for (const who of BODIES) {
    if (`${who}_code` in body || `${who}_name` in body) {
      body[`${who}_code`] = form[`${who}_code`]!.trim()
      // The name that was shown belongs to the unit before: another code brings its own, unless one was typed.
      body[`${who}_name`] = differs(`${who}_code`) && !differs(`${who}_name`) ? '' : form[`${who}_name`]!.trim()
    }
  }
  if (form.class_code && differs('class_code')) body.class_code = form.class_code
  if (!Object.keys(body).length) return null
  return { ...body, ...(form.reason?.trim() ? { reason: form.reason.trim() } : {}) }
}

/** A class by its short code: "gbt47678.5-2026/component/01001" → 01001 */
export const shortCode = (full: string): string => full.split('/').pop() ?? ''

/** The box to show a part with its surroundings: at least some 120 m wide. */
export function boxOf(geometry: { coordinates: unknown }): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90]
  const walk = (at: unknown): void => {
    if (!Array.isArray(at)) return
    if (typeof at[0] === 'number' && typeof at[1] === 'number') {
      box[0] = Math.min(box[0], at[0]); box[1] = Math.min(box[1], at[1]); box[2] = Math.max(box[2], at[0]); box[3] = Math.max(box[3], at[1])
    } else at.forEach(walk)
  }
  walk(geometry.coordinates)
  const [wide, high] = [Math.max(0, 0.0012 - (box[2] - box[0])) / 2, Math.max(0, 0.0009 - (box[3] - box[1])) / 2]
  return [box[0] - wide, box[1] - high, box[2] + wide, box[3] + high]
}

export type Mark = 'exists' | 'place' | 'class' | 'owner' | 'state'
export const MARKS: Mark[] = ['exists', 'place', 'class', 'owner', 'state']
export type Marks = Record<Mark, boolean | null>

/** All about it is right; or it is not there, and nothing else can be said. */
export const allRight = (): Marks => ({ exists: true, place: true, class: true, owner: true, state: true })
export const notThere = (): Marks => ({ exists: false, place: null, class: null, owner: null, state: null })
/** As the service reckons: what is not there is wrong at once, otherwise everything must have been looked at. */
export function rightOf(marks: Marks): boolean | null {
  if (marks.exists === false || MARKS.some((name) => marks[name] === false)) return false
  return MARKS.every((name) => marks[name]) ? true : null
}
