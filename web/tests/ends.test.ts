import { describe, expect, it } from 'vitest'
import { monthsLater, tomorrow, usualDay } from '@/desk/cases/one/clocks/ends'

describe('to which day a case stands still (C4)', () => {
  it.each([
    ['2026-11-28', 1, '2026-12-28'],
    ['2026-11-30', 3, '2027-02-28'], // a shorter month ends on its last day
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-12-31', 6, '2027-06-30'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(monthsLater(new Date(`${from}T12:00:00`), months)).toBe(to)
  })

  it('counts two weeks and tomorrow over the end of a month', () => {
    expect(usualDay('weeks', new Date(2026, 10, 28, 23, 59))).toBe('2026-12-12')
    expect(tomorrow(new Date(2026, 11, 31))).toBe('2027-01-01')
  })
})
