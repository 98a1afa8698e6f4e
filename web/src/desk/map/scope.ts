/** Which cases the map shows at first sight: what is open, what is late, all. Written into the same filters as the list's. Pure. */
import type { Filters } from '@/desk/cases/list/filter/filters'

export type Scope = 'open' | 'late' | 'all'
export const SCOPES: Scope[] = ['open', 'late', 'all']

/** The states that are not over. */
export const OPEN = ['reported', 'verifying', 'verified', 'filed', 'handling', 'suspended', 'passed_up', 'fed_back', 'checking', 'checked']

const same = (one: string[], other: string[]) => one.length === other.length && one.every((state) => other.includes(state))

/** '' when the filters were narrowed by hand to something else. */
export function chosenScope(filters: Filters): Scope | '' {
  if (filters.late) return filters.state.length ? '' : 'late'
  if (!filters.state.length) return 'all'
  return same(filters.state, OPEN) ? 'open' : ''
}

export const filtersOf = (scope: Scope, filters: Filters): Filters => ({ ...filters, late: scope === 'late', state: scope === 'open' ? [...OPEN] : [] })
