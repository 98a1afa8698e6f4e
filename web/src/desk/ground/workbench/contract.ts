/** What the service tells of plans being worked on, and how it is asked. */
import type { Box } from '@/desk/map/base/ground'
import { call } from '@/shared/api/call'

export type Point = [lon: number, lat: number]
export interface PlanLine {
  id: number; number: number | null; title: string; state: string; valid_from: string | null; valid_to: string | null; changes: Record<string, number>
  publish_at?: string | null; publish_why?: string; edits?: number; source?: string
}
/** A deed that could be taken back or done again, in words. */
export interface Step { number: number; verb: string; said: string }
export interface Rules { unit_least: number; unit_most: number; group_least: number; group_most: number; measure: string }
export interface PlanView {
  id: number; title: string; system: string; state: string; number: number | null; edit: number; editable: boolean; valid_from: string | null; valid_to: string | null; publish_at: string | null
  undo: Step | null; redo: Step | null; bounds: Box | null; tiles: string; version: string; minzoom: number; maxzoom: number; rules: Rules
  communities: CommunityRow[]
}
export interface Scores {
  units: { count: number; odd: number; smallest: number; median: number; largest: number; in_bounds_share: number }
  groups: { count: number; odd: number; smallest: number; largest: number; in_bounds_share: number; imbalance: number | null }
  ungrouped: number; buildings: number | null; buildings_cut: number | null; measured: string
}
export interface CommunityRow { id: number; code: string; name: string; units: number; odd: number; groups: number; groups_odd: number; ungrouped: number; imbalance: number | null; cut: number | null; box: Box | null }
export interface GroupRow { id: number; code: string; name: string; units: number; area_m2: number; households: number | null; odd: number; box: Box | null }
/** `odd`: 1 too small, 2 too large, 0 neither or with a reason. `group_id`: 0 without one. Counts are null where nobody counted. */
export interface UnitRow {
  id: number; code: string; name: string; area_m2: number; households: number | null; buildings: number | null; cut: number | null; odd: number; note: string
  group_id: number; group_code: string; box: Box | null
}
export interface Shape { type: 'Feature'; geometry: { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown }; properties: { id: number; code: string } }
export interface Shapes { type: 'FeatureCollection'; features: Shape[] }
export interface Done {
  edit: number; version: string; verb: string; said: string; box: Box | null; units: UnitRow[]; gone: number[]; groups: GroupRow[]; warnings: string[]; undo: Step | null; redo: Step | null
}
export type Verb = 'split' | 'merge' | 'border' | 'move' | 'note' | 'undo' | 'redo'

export interface Passage { code: string; name: string; of_old: number; of_new: number; households: number | null; of_households: number | null }
export interface Change {
  kind: string; code: string; name: string; community: string; level: string; area_id: number; before_m2: number | null; after_m2: number | null; box: Box | null
  from_name: string; to_name: string; passages: Passage[]
}
export interface Compared { counts: Record<string, number>; items: Change[]; next: string | null }

export interface Finding { grade: 'refused' | 'warning' | 'note'; reason: string; text: string; area_id: number; code: string; name: string; community: string; box: Box | null }
export interface Findings { items: Finding[]; next: string | null; done: number; all: number }

export interface ProposalLine {
  id: number; title: string; state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'; stage: string; stage_words: string; done: number; said: string
  plan_id: number | null; created_at: string; created_by_name: string
}
export interface Report {
  units?: Record<string, unknown>; groups?: Record<string, unknown>; stability?: Record<string, unknown> | null
  hindrances?: { community: string; text: string }[]; oddities?: { community: string; text: string }[]; remarks?: { text: string }[]
}
export interface Proposal extends ProposalLine { report: Report | null }
export const askProposals = async (signal?: AbortSignal) => (await call<{ items: ProposalLine[] }>('GET', '/api/plans/proposals', { signal })).items
export interface Standing { communities: number; communities_drawn: number; streets: number; buildings: number; water: number; units: number; ready: boolean; missing: string[] }

const at = (id: number, rest: string) => `/api/plans/${id}/${rest}`

export const askView = (id: number, signal?: AbortSignal) => call<PlanView>('GET', at(id, 'view'), { signal })
export const askScores = (id: number, community: number, signal?: AbortSignal) => call<Scores>('GET', at(id, 'scores'), { query: { community: community || undefined }, signal })
export const askCommunities = async (id: number, signal?: AbortSignal) => (await call<{ items: CommunityRow[] }>('GET', at(id, 'communities'), { signal })).items
export const askGroups = async (id: number, community: number, signal?: AbortSignal) => (await call<{ items: GroupRow[] }>('GET', at(id, 'groups'), { query: { community }, signal })).items
export interface UnitsAsked { community?: number; group?: number; odd?: 1; after?: string; limit?: number }
export const askUnits = (id: number, query: UnitsAsked, signal?: AbortSignal) =>
  call<{ items: UnitRow[]; next: string | null }>('GET', at(id, 'units'), { query: { ...query }, signal })
export const askAt = (id: number, [lon, lat]: Point) => call<UnitRow>('GET', at(id, 'at'), { query: { lon: lon.toFixed(7), lat: lat.toFixed(7) } })
export const askShapes = (id: number, ids: readonly number[], signal?: AbortSignal) => call<Shapes>('GET', at(id, 'shapes'), { query: { ids: ids.join(',') }, signal })
export const askChanges = (id: number, other: number, kind: string, after: string | null, signal?: AbortSignal) =>
  call<Compared>('GET', at(id, 'compare'), { query: { with: String(other), kind, after, limit: 50 }, signal })
export const askFindings = (id: number, area: number, after: string | null, signal?: AbortSignal) =>
  call<Findings>('GET', at(id, 'check'), { query: { area: area || undefined, after }, signal })
export const sendDeed = (id: number, verb: Verb, body: object, key: string) => call<Done>('POST', at(id, verb), { body, key })
