/** The figures of the leader's page, and how each opens to its cases. Pure. */

/** Query parameters of `GET /api/cases`. */
export type Asked = Record<string, string | number | boolean | string[]>
export interface Age { label: string; from_hours: number; to_hours: number | null; count: number; filter: Asked }
export interface Stage { state: string; name: string; count: number; late: number; ages: Age[]; filter: Asked; late_filter?: Asked }
export interface Line { code: string; name: string; open: number; late: number; filter: Asked; late_filter?: Asked }
export interface Overview {
  at: string
  area: string
  area_name: string
  stages: Stage[]
  today: { reported: number; filed: number; ended: number; ended_on_time: number; ended_late: number; ended_exempted: number; filters: Record<string, Asked> }
  units: Line[]
  areas: Line[]
}
export type Column = 'name' | 'open' | 'late'
export interface Order { by: Column; down: boolean }

/** The address of the list that shows exactly the cases counted. A "false" is a filter too and stays. */
export function casesAt(asked: Asked | undefined): { path: string; query: Record<string, string | string[]> } {
  const query: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(asked ?? {})) query[name] = Array.isArray(value) ? value.map(String) : String(value)
  return { path: '/cases', query }
}

export const lateOf = (line: { filter: Asked; late_filter?: Asked }): Asked => line.late_filter ?? { ...line.filter, late: true }

export function sorted(lines: Line[], { by, down }: Order): Line[] {
  const sign = down ? -1 : 1
  return [...lines].sort((one, other) =>
    sign * (by === 'name' ? one.name.localeCompare(other.name, 'zh-CN') : one[by] - other[by]) || (one.code < other.code ? -1 : 1))
}

/** A press on a heading: figures begin with the largest, names with the first; again turns round. */
export const pressed = (order: Order, by: Column): Order => (order.by === by ? { by, down: !order.down } : { by, down: by !== 'name' })

/** Whole per cent; nothing to divide: null. Not rounded up to a hundred while one is missing. */
export function share(part: number, whole: number): number | null {
  if (!whole) return null
  return part < whole ? Math.min(99, Math.round(part / whole * 100)) : 100
}

export const total = (stages: Stage[]): { count: number; late: number } =>
  stages.reduce((sum, { count, late }) => ({ count: sum.count + count, late: sum.late + late }), { count: 0, late: 0 })

/** All that is open, in the filter of the stages: the same area, every state. */
export function everyOpen(stages: Stage[], late = false): Asked {
  const [first] = stages
  const asked = late ? lateOf(first ?? { filter: {} }) : first?.filter ?? {}
  return { ...asked, state: stages.flatMap(({ filter }) => (filter.state as string[] | undefined) ?? []) }
}
