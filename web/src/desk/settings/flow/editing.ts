/** What the editor of flows is told, and the rules of its forms. Pure: no DOM. */
export interface Row { state: string; state_name: string; action: string; action_name: string; posts: string[]; roles: string[]; to: string; to_name: string; duty: string; duty_name: string; needs: string[]; asks: string[] }
export interface Usual { state: string; action: string; signs: string[] }
export interface Sheet { code: string; name: string; version: number; version_name: string; levels: boolean; rows: Row[]; apart: [string, string][]; clocks: Record<string, string>; usual: Usual[]; verify_first: string[] }
export interface Finding { code: string; grade: 'fault' | 'note'; state: string; action: string; text: string }
export interface Difference { what: string; state: string; action: string; state_name: string; action_name: string; before: string; after: string }
export interface Draft { sheet: Sheet; edits: number; undoable: number; based_on: string; in_force: string; by: string; made_at: string; findings: Finding[]; differences: Difference[] }
export interface Version { version: number; version_name: string; name: string; state: 'shipped' | 'published' | 'retired'; area: string; area_name: string; based_on: string; reason: string; by: string; published_at: string | null; running: number; in_force: boolean }
export interface Way { duty: string; needs: string[]; to: string[]; to_with_levels: string[] }
export interface Words {
  posts: Record<string, string>; needs: Record<string, string>; asks: Record<string, string>; signs: Record<string, string>; duties: Record<string, string>; channels: Record<string, string>
  states: Record<string, string>; state_kinds: Record<string, string>; start: string; stages: string[]
  actions: Record<string, { name: string; must: string[]; may: string[]; ways: Record<string, Way> }>
}
export interface RowForm { state: string; action: string; posts: string[]; to: string; needs: string[]; asks: string[] }

export const keyOf = (row: { state: string; action: string }): string => `${row.state}/${row.action}`

/** Where an action can lead from a state in this flow. */
export function targets(words: Words, sheet: Sheet, state: string, action: string): string[] {
  const way = words.actions[action]?.ways[state]
  return way ? (sheet.levels ? way.to_with_levels : way.to) : []
}

/** The states in which a step more can be put, and which: those that the flow does not have yet. */
export function addable(words: Words, sheet: Sheet): { state: string; actions: string[] }[] {
  const there = new Set(sheet.rows.map(keyOf))
  return ['', ...Object.keys(words.states)].map((state) => ({
    state, actions: Object.keys(words.actions).filter((action) => targets(words, sheet, state, action).length && !there.has(`${state}/${action}`)),
  })).filter((each) => each.actions.length)
}

/** A form for a row that is there, or for one more. What must be asked and needed is always in it. */
export function formOf(words: Words, sheet: Sheet, state: string, action: string): RowForm {
  const row = sheet.rows.find((each) => each.state === state && each.action === action)
  if (row) return { state, action, posts: [...row.posts], to: row.to, needs: [...row.needs], asks: [...row.asks] }
  const known = words.actions[action]
  return { state, action, posts: [], to: targets(words, sheet, state, action)[0] ?? '', needs: [...(known?.ways[state]?.needs ?? [])], asks: [...(known?.must ?? [])] }
}

/** How the limit of a state is said: which stage's, of the level, of the class, or none. */
export function limitSaid(limit: string, said: (key: string) => string): string {
  if (!limit) return said('none')
  if (limit === 'class') return said('class')
  return limit.startsWith('level:') ? said('level') : said(limit.slice('stage:'.length))
}

/** The limits one can choose for a state. By level only where cases go between levels. */
export function limits(words: Words, sheet: Sheet): string[] {
  const levels = ['community', 'town', 'county']
  const groups = [...new Set(words.stages.filter((stage) => levels.some((level) => stage.endsWith(`_${level}`))).map((stage) => stage.slice(0, stage.lastIndexOf('_'))))]
  const whole = groups.filter((group) => levels.every((level) => words.stages.includes(`${group}_${level}`)))
  return ['', 'class', ...(sheet.levels ? whole.map((group) => `level:${group}`) : []), ...words.stages.map((stage) => `stage:${stage}`)]
}

export const apartIn = (sheet: Sheet, one: string, other: string): boolean => sheet.apart.some((pair) => pair.includes(one) && pair.includes(other))

/** Every two duties that steps of the flow exercise. */
export function dutyPairs(sheet: Sheet): [string, string][] {
  const duties = [...new Set(sheet.rows.map((row) => row.duty))]
  return duties.flatMap((one, place) => duties.slice(place + 1).map((other): [string, string] => [one, other]))
}

export const findingsAt = (findings: readonly Finding[], state: string, action: string): Finding[] => findings.filter((each) => each.state === state && each.action === action)
