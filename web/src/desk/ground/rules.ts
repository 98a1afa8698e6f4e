/** Areas as they are told: sizes, outlines, days. Pure. */
export interface Line { id: number; code: string; name: string; kind: string; level: number; status: string; has_children: boolean }
export interface Posting { id: number; user_id: string; user_name: string; post: string; since: string; until: string | null; duties: string[] }
export interface Posted extends Posting { area_id: number; area_code: string; area_name: string; employer: string; contract: string; second_line: string; absent: boolean }
export interface Area extends Line {
  system: string
  county: string; valid_from: string | null; valid_to: string | null; four_bounds: string; note: string; area_m2: number | null; box: number[] | null
  chain: { area_id: number; name: string }[]; successors: string[]; staffing: Posting[]; on_duty: string | null; on_duty_name: string; on_duty_why: string
}

/** Whether somebody must answer for an area of this kind every day; streets and communities are led elsewhere. */
export const mustBeStaffed = (kind: string): boolean => ['responsibility', 'grid', 'group'].includes(kind)

/** The unit that fits a size, and the number in it. */
export function sized(m2: number): { unit: 'square' | 'hectare' | 'kilometre'; value: string } {
  const told = (value: number, digits: number) => value.toLocaleString('zh-CN', { maximumFractionDigits: digits })
  if (m2 >= 1_000_000) return { unit: 'kilometre', value: told(m2 / 1_000_000, 2) }
  if (m2 >= 10_000) return { unit: 'hectare', value: told(m2 / 10_000, 1) }
  return { unit: 'square', value: told(m2, 0) }
}

export interface Shape { type: string; coordinates: unknown }

/** The path of an outline in a box of the given width, north up, with its true proportions; '' where nothing is drawn. */
export function outline(shape: Shape | null, box: readonly number[] | null, width: number, tallest: number): { path: string; width: number; height: number; metres: number } {
  if (!shape || !box) return { path: '', width, height: 0, metres: 0 }
  const [west, south, east, north] = box as [number, number, number, number]
  const shrink = Math.cos(((south + north) / 2) * Math.PI / 180)
  const wide = Math.max((east - west) * shrink, 1e-9)
  const scale = Math.min(width / wide, tallest / Math.max(north - south, 1e-9))
  const point = ([lon, lat]: number[]) => `${((lon! - west) * shrink * scale).toFixed(1)} ${((north - lat!) * scale).toFixed(1)}`
  const polygons = (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates) as number[][][][]
  const path = polygons.map((rings) => rings.map((ring) => `M${ring.map(point).join('L')}Z`).join('')).join('')
  return { path, width: wide * scale, height: (north - south) * scale, metres: 111_320 / scale }
}

/** A round length that fits a bar of at most so many metres. */
export function roundLength(longest: number): number {
  const power = 10 ** Math.floor(Math.log10(longest))
  return [5, 2, 1].map((times) => times * power).find((length) => length <= longest) ?? power
}

const two = (value: number) => String(value).padStart(2, '0')
export const dayOf = (at: Date): string => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`

const ORDER = ['main', 'deputy', 'member']
export const inOrder = (team: readonly Posting[]): Posting[] =>
  [...team].sort((one, other) => ORDER.indexOf(one.post) - ORDER.indexOf(other.post) || one.since.localeCompare(other.since))

/** How somebody is employed, by the codes of the service. */
export const CONTRACTS = ['civil_servant', 'by_reference', 'institution', 'district', 'street', 'public_post', 'enterprise', 'volunteer', 'other'] as const

/** Fields that refusals about postings belong to. */
export const POSTING_FIELDS: Record<string, string> = { user_id: 'user_id', post: 'post', since: 'since', until: 'until', duties: 'duties', on: 'on', employer: 'employer', contract: 'contract', second_line: 'second_line' }
