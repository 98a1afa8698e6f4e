import { describe, expect, it } from 'vitest'
import { NONE } from '@/desk/cases/list/filter/filters'
import { eighths, everyOne, features, inOrder, lateOnes, pilesInOrder, type Point } from '@/desk/map/marks/points'
import { chosenScope, filtersOf, OPEN, SCOPES } from '@/desk/map/scope'

const now = new Date('2026-11-28T10:00:00Z')
const point = (id: string, more: Partial<Point>): Point =>
  ({ id, number: `1-2026-${id}`, lon: 102, lat: 40.5, state: 'handling', late: false, class_name: '', place: '', ...more })

describe('the marks of cases', () => {
  const points = [point('1', { due_at: '2026-11-30T00:00:00Z' }), point('2', { state: 'suspended' }), point('3', { due_at: '2026-11-28T09:00:00Z', late: true }), point('4', { due_at: '2026-11-28T11:00:00Z' })]

  it('stand in the list with what presses most first', () => {
    expect(inOrder(points, now).map(({ id }) => id)).toEqual(['3', '4', '1', '2'])
  })

  it('count as many as the list has, late ones once, points and piles together', () => {
    const told = { points, clusters: [{ lon: 102, lat: 40, count: 5, late: 2 }, { lon: 102, lat: 41, count: 9, late: 0 }] }
    expect(everyOne(told)).toBe(18)
    expect(lateOnes(told, now)).toBe(3)
    expect(features(told, now).reduce((sum, { properties }) => sum + Number(properties.count), 0)).toBe(18)
    expect(pilesInOrder(told.clusters).map(({ count }) => count)).toEqual([5, 9])
  })

  it('close the ring of a pile only when all of it is late, and open it for a single one', () => {
    expect([eighths(0, 9), eighths(1, 999), eighths(5, 10), eighths(998, 999), eighths(9, 9)]).toEqual([0, 1, 4, 7, 8])
  })
})

describe('what the map shows at first sight', () => {
  it('is written into the filters of the list and read back from them', () => {
    for (const scope of SCOPES) expect(chosenScope(filtersOf(scope, NONE))).toBe(scope)
    expect(chosenScope({ ...NONE, state: ['handling'] })).toBe('')
    expect(chosenScope({ ...NONE, state: [...OPEN].reverse() })).toBe('open')
  })

  it('leaves the other filters alone', () => {
    expect(filtersOf('late', { ...NONE, area: '990101' }).area).toBe('990101')
  })
})
