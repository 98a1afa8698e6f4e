import { describe, expect, it } from 'vitest'
import { dayOf, lastDay, periodOf } from '@/desk/cases/sampling/sampling'

const NOW = new Date(2026, 10, 28, 16, 0)

describe('the time of closing that a form means', () => {
  it.each([
    ['2026-10-01', '2026-10-31', new Date(2026, 9, 1), new Date(2026, 10, 1)],
    ['2026-11-01', '2026-11-28', new Date(2026, 10, 1), NOW],
    ['2026-11-28', '2026-11-28', new Date(2026, 10, 28), NOW],
    ['2026-11-01', '2027-01-01', new Date(2026, 10, 1), NOW],
    ['2026-12-31', '2026-12-31', null, null],
    ['2026-11-02', '2026-11-01', null, null],
    ['', '2026-11-01', null, null],
    ['2026-11-01', 'x', null, null],
  ])('%s to %s', (from, to, since, until) => {
    const found = periodOf(from, to, NOW)
    expect(found && [found.since, found.until]).toEqual(since && until && [since.toISOString(), until.toISOString()])
  })

  it('is shown again by its first and its last day', () => {
    const found = periodOf('2026-10-01', '2026-10-31', NOW)!
    expect([dayOf(new Date(found.since)), lastDay(found.until)]).toEqual(['2026-10-01', '2026-10-31'])
  })
})
