import { describe, expect, it } from 'vitest'
import { daysAfter, daySaid, dueSaid, emptyParty, filled, nextVisit, partiesReady, proposed, sizeOf, tabOf, type Choices, type Visit } from '@/desk/mediation/mediation'

const member = (id: string) => ({ id, name: id, function_name: '调解员' })
const choices = { low: 3, high: 5, teams: [{ name: '近', members: ['a', 'b', 'a', 'c'].map(member) }, { name: '远', members: [member('z')] }], others: [] } as unknown as Choices

describe('mediation', () => {
  it('opens with what is mine, whatever the address says', () => {
    expect([tabOf('open'), tabOf('ended'), tabOf('people'), tabOf(undefined), tabOf(['open'])]).toEqual(['open', 'ended', 'mine', 'mine', 'mine'])
  })
  it('proposes the nearest team, each of it once, and nobody where there is none', () => {
    expect(proposed(choices)).toEqual(['a', 'b', 'c'])
    expect(proposed({ ...choices, teams: [] })).toEqual([])
  })
  it('tells of a team that is not of three to five (AT-06)', () => {
    expect([0, 2, 3, 5, 6].map((count) => sizeOf(count, choices))).toEqual(['', 'few', '', '', 'many'])
  })
  it('sends the parties that have a name, and waits while one has none', () => {
    const named = { ...emptyParty(), name: '甲示例' }
    expect(filled([named, emptyParty('respondent')])).toEqual([named])
    expect([partiesReady([emptyParty()]), partiesReady([named, emptyParty()]), partiesReady([named, { ...emptyParty(), phone: '1' }])]).toEqual([false, true, false])
  })
  it('counts days over months and years, and says the year where it is another', () => {
    expect([daysAfter(new Date(2026, 10, 23), 30), daysAfter(new Date(2026, 11, 31), 1)]).toEqual(['2026-12-23', '2027-01-01'])
    expect([daySaid('2026-12-23', new Date(2026, 10, 23)), daySaid('2027-01-01', new Date(2026, 10, 23))]).toEqual(['12月23日', '2027年1月1日'])
  })
  it('tells a day that is due by its end as a day, a time as a time', () => {
    const now = new Date(2026, 10, 23)
    expect(dueSaid(new Date(2026, 11, 23, 23, 59, 59).toISOString(), now, () => 'time')).toBe('12月23日')
    expect(dueSaid(new Date(2026, 11, 23, 9, 0).toISOString(), now, () => 'time')).toBe('time')
  })
  it('takes the visit that is due first, not one that was made or dropped', () => {
    const visit = (number: number, due_on: string, result = '') => ({ number, due_on, result } as Visit)
    expect(nextVisit([visit(1, '2026-12-01', 'kept'), visit(2, '2027-01-05'), visit(3, '2026-12-20')])?.number).toBe(3)
    expect(nextVisit([visit(1, '2026-12-01', 'dropped')])).toBeUndefined()
  })
})
