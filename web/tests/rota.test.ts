import { describe, expect, it } from 'vitest'
import { complete, covered, dayWords, emptyPattern, holesOf, isTime, mondayOf, moveUp, rows, shifted, weekday, type ShiftLine } from '@/desk/ground/rota/week'

const shift = (day: string, start: string, end: string, name: string, over = false): ShiftLine => ({ id: 1, user_id: name, user_name: name, day, start, end, over_midnight: over, away: false })

describe('days of a rota', () => {
  it('move over the ends of months and years', () => {
    expect(shifted('2026-11-30', 1)).toBe('2026-12-01')
    expect(shifted('2027-01-01', -1)).toBe('2026-12-31')
    expect(shifted('2028-02-28', 1)).toBe('2028-02-29')
  })
  it('belong to a week that begins on Monday', () => {
    expect(['2026-11-23', '2026-11-28', '2026-11-29'].map(mondayOf)).toEqual(['2026-11-23', '2026-11-23', '2026-11-23'])
    expect(['2026-11-23', '2026-11-29'].map(weekday)).toEqual([0, 6])
    expect(dayWords('2026-03-05')).toBe('3月5日')
  })
})

describe('a week as a table', () => {
  const days = ['2026-11-23', '2026-11-24']
  it('has one row for each time of day, earliest first, whoever stands there', () => {
    const shifts = [shift(days[0]!, '20:30', '06:30', '赵', true), shift(days[0]!, '06:30', '13:30', '王'), shift(days[1]!, '06:30', '13:30', '李'), shift(days[1]!, '06:30', '13:30', '王')]
    expect(rows({ days, shifts }).map((row) => [row.start, row.end, row.over_midnight, row.cells.map((cell) => cell.map((one) => one.user_name))])).toEqual([
      ['06:30', '13:30', false, [['王'], ['李', '王']]], ['20:30', '06:30', true, [['赵'], []]],
    ])
  })
  it('shows a hole on the day whose duty it is', () => {
    const holes = [{ day: days[0]!, begins_on: days[1]!, start: '00:00', end: '06:00', minutes: 360 }]
    expect(holesOf({ holes }, days[0]!)).toHaveLength(1)
    expect(holesOf({ holes }, days[1]!)).toHaveLength(0)
  })
  it('says nothing of days that need not be covered', () => {
    const cover = { start: '06:30', end: '20:30', weekdays: [0], on_holidays: false, area_id: null, area_name: '' }
    expect(covered({ cover, holidays: [] }, days[0]!)).toBe(true)
    expect(covered({ cover, holidays: [days[0]!] }, days[0]!)).toBe(false)
    expect(covered({ cover, holidays: [] }, days[1]!)).toBe(false)
    expect(covered({ cover: null, holidays: [] }, days[0]!)).toBe(false)
  })
})

describe('a pattern', () => {
  it('can be sent once somebody takes part and the days are in order', () => {
    const form = emptyPattern('2026-11-23')
    expect([form.last, complete(form)]).toEqual(['2026-12-20', false])
    form.users.push({ id: '1', name: '王' })
    expect(complete(form)).toBe(true)
    expect(complete({ ...form, last: '2026-11-22' })).toBe(false)
    expect(complete({ ...form, weekdays: [] })).toBe(false)
    expect(complete({ ...form, times: [{ start: '06:30', end: '' }] })).toBe(false)
  })
  it('takes times of day as people write them', () => {
    expect(['6:30', '06:30', '23：59', '24:00', '0:00'].map(isTime)).toEqual([true, true, true, true, true])
    expect(['', '6', '630', '24:01', '25:00', '6:60', '早上'].map(isTime)).toEqual([false, false, false, false, false, false, false])
  })
  it('keeps its order but for the one that moves up', () => {
    expect(moveUp(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b'])
    expect(moveUp(['a', 'b'], 0)).toEqual(['a', 'b'])
  })
})
