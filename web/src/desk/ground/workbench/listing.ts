/** The units or grids behind a figure. Pure but for `pages`, which is handed in. */
import type { CommunityRow, GroupRow, Scores, UnitRow } from '@/desk/ground/workbench/contract'

export type What = 'units' | 'odd' | 'cut' | 'ungrouped' | 'groups' | 'groups_odd' | 'imbalance'
export const OF_UNITS: readonly What[] = ['units', 'odd', 'cut', 'ungrouped']

/** Which communities can hold any of them: others need not be asked. */
export function worth(what: What, communities: readonly CommunityRow[], community: number): CommunityRow[] {
  const inside = community ? communities.filter((one) => one.id === community) : communities
  if (what === 'odd') return inside.filter((one) => one.odd)
  if (what === 'cut') return inside.filter((one) => one.cut)
  if (what === 'groups_odd') return inside.filter((one) => one.groups_odd)
  if (what === 'ungrouped') return inside.filter((one) => one.ungrouped)
  if (what === 'groups') return inside.filter((one) => one.groups)
  return inside.filter((one) => one.units)
}
export const meant = (what: What) => (unit: UnitRow): boolean => (what === 'odd' ? !!unit.odd : what === 'cut' ? !!unit.cut : what === 'ungrouped' ? !unit.group_id : true)
export const meantGroup = (what: What) => (group: GroupRow): boolean => what !== 'groups_odd' || !!group.odd

/** The largest first where the number says how much it is, else as they come. */
export const ordered = (what: What, communities: readonly CommunityRow[]): CommunityRow[] =>
  what === 'imbalance' ? [...communities].sort((one, other) => (other.imbalance ?? 0) - (one.imbalance ?? 0)) : [...communities]

/** `value`: null where nobody counted. */
export interface Figure { words: string; value: number | null; what: What; off?: boolean }
/** Counts that are shown: those of what is not right stand out unless they are 0. */
export const figures = (scores: Scores): Figure[] => [
  { words: 'units', value: scores.units.count, what: 'units' }, { words: 'units_odd', value: scores.units.odd, what: 'odd', off: true },
  { words: 'groups', value: scores.groups.count, what: 'groups' }, { words: 'groups_odd', value: scores.groups.odd, what: 'groups_odd', off: true },
  { words: 'ungrouped', value: scores.ungrouped, what: 'ungrouped', off: true }, { words: 'cut', value: scores.buildings_cut, what: 'cut', off: true },
]
