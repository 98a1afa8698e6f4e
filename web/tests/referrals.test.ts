import { describe, expect, it } from 'vitest'
import { bodyOf, clockSaid, emptyDraft, filtersOf, firstTab, lacking, months, opened } from '@/desk/referrals/referral'

describe('referrals', () => {
  it('reads from the address what it knows and nothing else', () => {
    expect(filtersOf({ tab: 'sign', month: '2026-11', state: '', x: '1', outcome: ['a', 'b'] })).toEqual({ tab: 'sign', month: '2026-11' })
  })
  it('opens with what waits for me before what I sent', () => {
    expect(firstTab({ sign: { count: 1 }, back: { count: 2 } }, true)).toBe('sign')
    expect(firstTab({ sign: { count: 0 }, back: { count: 2 } }, true)).toBe('back')
    expect([firstTab({}, true), firstTab({}, false)]).toEqual(['sent', ''])
  })
  it('leads from a number of the sheet to what it counts', () => {
    const cell = { sent: 3, counts: {}, rate: null, said: '', filter: { month: '2026-11', unit: 'PS' } }
    expect(opened(cell, 'signed_late')).toBe('/referrals?month=2026-11&unit=PS&outcome=signed_late')
  })
  it('says what is missing, and no place where the case has one', () => {
    const draft = { ...emptyDraft(), text: '  ' }
    expect(lacking(draft, false)).toEqual(['category', 'unit_code', 'text', 'area'])
    expect(lacking({ ...draft, category: 'tenancy', unit_code: 'PS', text: '未登记' }, true)).toEqual([])
  })
  it('sends a point, or an area, or the case alone', () => {
    const draft = { ...emptyDraft(), area: '330199', point: { lon: 102, lat: 40 } }
    expect(bodyOf(draft, 'x', '')).toMatchObject({ id: 'x', lon: 102, lat: 40 })
    expect(bodyOf(draft, 'x', '')).not.toHaveProperty('area')
    expect(bodyOf({ ...draft, point: null }, 'x', '')).toMatchObject({ area: '330199' })
    expect(bodyOf(draft, 'x', 'c')).toEqual(expect.not.objectContaining({ lon: 102 }))
    expect(bodyOf(draft, 'x', 'c')).toMatchObject({ case: 'c' })
  })
  it('tells the clock only while one runs, and months backwards over the year', () => {
    const now = new Date('2026-11-24T09:00:00+08:00')
    const line = { state: 'sent', due_at: '2026-11-24T08:00:00+08:00', current: true }
    expect(clockSaid(line, now)).toBe('已超期 1 小时')
    expect([clockSaid({ ...line, state: 'answered' }, now), clockSaid({ ...line, current: false }, now)]).toEqual(['', ''])
    expect(months(new Date(2026, 0, 31), 3)).toEqual(['2026-01', '2025-12', '2025-11'])
  })
})
