import { describe, expect, it } from 'vitest'
import { fromAddress } from '@/desk/cases/list/filter/filters'
import { casesAt, everyOpen, lateOf, pressed, share, sorted, total, type Line, type Stage } from '@/desk/overview/figures'

const line = (code: string, name: string, open: number, late: number): Line => ({ code, name, open, late, filter: { unit: code } })
const stage = (state: string, count: number, late: number): Stage => ({ state, name: state, count, late, ages: [], filter: { area: '99', state: [state] }, late_filter: { area: '99', state: [state], due_before: '2026-11-28T03:00:00Z' } })

describe('a number of the leader\'s page', () => {
  it('opens to a list with exactly its filter, a "false" too', () => {
    const { path, query } = casesAt({ area: '99', state: ['closed'], ended_since: '2026-11-27T16:00:00Z', ended_late: false })
    expect(path).toBe('/cases')
    expect(fromAddress(query)).toMatchObject({ area: '99', state: ['closed'], ended_since: '2026-11-27T16:00:00Z', ended_late: 'false' })
  })

  it('of all stages opens to every state of them, of the late ones by the same instant', () => {
    const stages = [stage('filed', 3, 1), stage('handling', 4, 2)]
    expect(total(stages)).toEqual({ count: 7, late: 3 })
    expect(everyOpen(stages)).toEqual({ area: '99', state: ['filed', 'handling'] })
    expect(everyOpen(stages, true)).toEqual({ area: '99', state: ['filed', 'handling'], due_before: '2026-11-28T03:00:00Z' })
    expect(everyOpen([])).toEqual({ state: [] })
  })

  it('of late cases keeps what else was asked', () => {
    expect(lateOf(line('a', 'A', 1, 1))).toEqual({ unit: 'a', late: true })
  })
})

describe('tables of units and areas', () => {
  const lines = [line('c', '市政所', 4, 0), line('a', '环卫所', 9, 4), line('b', '园林所', 9, 1)]

  it('stand in the order of their heading, equals by their code', () => {
    expect(sorted(lines, { by: 'open', down: true }).map(({ code }) => code)).toEqual(['a', 'b', 'c'])
    expect(sorted(lines, { by: 'late', down: false }).map(({ code }) => code)).toEqual(['c', 'b', 'a'])
    expect(lines.map(({ code }) => code)).toEqual(['c', 'a', 'b'])
  })

  it('turn round at a second press; figures begin with the largest', () => {
    expect(pressed({ by: 'late', down: true }, 'open')).toEqual({ by: 'open', down: true })
    expect(pressed({ by: 'open', down: true }, 'open')).toEqual({ by: 'open', down: false })
    expect(pressed({ by: 'open', down: true }, 'name')).toEqual({ by: 'name', down: false })
  })

  it('never say a hundred per cent while one is missing', () => {
    expect([share(0, 0), share(1, 3), share(999, 1000), share(7, 7)]).toEqual([null, 33, 99, 100])
  })
})
