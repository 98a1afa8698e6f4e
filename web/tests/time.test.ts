import { describe, expect, it } from 'vitest'
import { left, said, span, speak, standing } from '@/shared/words/time'

const now = new Date(2026, 10, 28, 10, 0)
const at = (day: number, hour: number, minute = 0, month = 10, year = 2026) => new Date(year, month, day, hour, minute).toISOString()

describe('times as people say them', () => {
  it.each([
    [at(28, 17, 5), '今天 17:05'], [at(27, 9, 30), '昨天 09:30'], [at(29, 0, 0), '明天 00:00'], [at(30, 8), '后天 08:00'],
    [at(20, 8, 15), '11月20日 08:15'], [at(1, 8, 0, 2, 2025), '2025年3月1日'], [null, ''],
  ])('%s', (given, words) => expect(said(given, now)).toBe(words))

  it('says how long in the largest fitting unit', () => {
    expect([span(59_999), span(35 * 60_000), span(200 * 60_000), span(52 * 3_600_000)]).toEqual(['0 分钟', '35 分钟', '3 小时 20 分', '2 天 4 小时'])
  })

  it('knows how a case stands with its clock', () => {
    const row = (due: string | null, state = 'handling') => ({ state, due_at: due })
    expect(standing(row(at(28, 9)), now)).toBe('late')
    expect(standing(row(at(28, 11)), now)).toBe('soon')
    expect(standing(row(at(28, 13)), now)).toBe('in_time')
    expect(standing(row(null), now)).toBe('untimed')
    expect(standing(row(null, 'suspended'), now)).toBe('held')
    expect(standing(row(at(28, 9), 'closed'), now)).toBe('ended')
    expect(left(row(at(28, 11, 20)), now)).toBe('还剩 1 小时 20 分（今天 11:20 前）')
    expect(left(row(at(26, 7)), now)).toBe('已超期 2 天 3 小时')
    expect(left(row(at(30, 8)), now)).toBe('后天 08:00 前')
  })
})

describe('times in English', () => {
  it('are said in English words while that is chosen', () => {
    speak('en')
    try {
      expect([said(at(28, 17, 5), now), said(at(20, 8, 15), now), said(at(1, 8, 0, 2, 2025), now), span(200 * 60_000), span(52 * 3_600_000)])
        .toEqual(['today 17:05', '20 Nov 08:15', '1 Mar 2025', '3 h 20 min', '2 d 4 h'])
      expect(left({ state: 'handling', due_at: at(28, 11, 20) }, now)).toBe('1 h 20 min left (until today 11:20)')
    } finally {
      speak('zh')
    }
  })
})
