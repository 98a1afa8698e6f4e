/** Times as people say them; pure: pass `now`. The zone is the browser's. */

const ZH = {
  near: { '-2': '前天', '-1': '昨天', 0: '今天', 1: '明天', 2: '后天' } as Record<string, string>,
  day: (at: Date) => `${at.getMonth() + 1}月${at.getDate()}日`, date: (at: Date) => `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日`,
  minutes: (n: number) => `${n} 分钟`, hours: (n: number) => `${n} 小时`, days: (n: number) => `${n} 天`, rest: (n: number) => ` ${n} 分`,
  brief: { held: '已挂账', late: (by: string) => `超期 ${by}`, left: (span: string) => `还剩 ${span}` },
  ended: '已办结', held: '已挂账，不计时', untimed: '不限时', led: '随主办案件', late: (by: string) => `已超期 ${by}`,
  left: (span: string, until: string) => `还剩 ${span}（${until} 前）`, until: (at: string) => `${at} 前`,
}
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const EN: typeof ZH = {
  near: { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' },
  day: (at) => `${at.getDate()} ${MONTHS[at.getMonth()]}`, date: (at) => `${at.getDate()} ${MONTHS[at.getMonth()]} ${at.getFullYear()}`,
  minutes: (n) => `${n} min`, hours: (n) => `${n} h`, days: (n) => `${n} d`, rest: (n) => ` ${n} min`,
  brief: { held: 'suspended', late: (by) => `late ${by}`, left: (span) => `${span} left` },
  ended: 'ended', held: 'suspended, no clock', untimed: 'no limit', led: 'with its leader', late: (by) => `late by ${by}`,
  left: (span, until) => `${span} left (until ${until})`, until: (at) => `until ${at}`,
}
let words = ZH
/** In which language times are said from now on. */
export function speak(language: 'zh' | 'en'): void {
  words = language === 'en' ? EN : ZH
}

const two = (value: number) => String(value).padStart(2, '0')
const clock = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}`
const dayOf = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
const DAY = 24 * 3600 * 1000

/** What a cell of a table says of a clock. */
export const brief = () => words.brief

/** 今天 17:05, 昨天 09:30, 明天 10:00, 11月20日 08:15, 2025年3月1日. */
export function said(text: string | null | undefined, now: Date = new Date()): string {
  if (!text) return ''
  const at = new Date(text)
  const days = Math.round((dayOf(at) - dayOf(now)) / DAY)
  const near = words.near[days]
  if (near) return `${near} ${clock(at)}`
  if (at.getFullYear() === now.getFullYear()) return `${words.day(at)} ${clock(at)}`
  return words.date(at)
}

/** The exact instant, for hovering and for print: 2026-11-28 17:05:09. */
export function exact(text: string | null | undefined): string {
  if (!text) return ''
  const at = new Date(text)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${clock(at)}:${two(at.getSeconds())}`
}

/** How long, in the largest fitting unit: 35 分钟, 3 小时 20 分, 2 天 4 小时. */
export function span(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60000))
  if (minutes < 60) return words.minutes(minutes)
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return words.hours(hours) + (minutes % 60 ? words.rest(minutes % 60) : '')
  const days = Math.floor(hours / 24)
  return words.days(days) + (hours % 24 ? ` ${words.hours(hours % 24)}` : '')
}

export type Standing = 'in_time' | 'soon' | 'late' | 'held' | 'ended' | 'untimed'

const SOON = 2 * 3600 * 1000

/** How a case stands with its clock: what StateMark shows. */
export function standing(row: { state: string; due_at: string | null; ended_at?: string | null }, now: Date = new Date()): Standing {
  if (['closed', 'refused', 'void'].includes(row.state)) return 'ended'
  if (row.state === 'suspended') return 'held'
  if (!row.due_at) return 'untimed'
  const left = new Date(row.due_at).getTime() - now.getTime()
  return left < 0 ? 'late' : left < SOON ? 'soon' : 'in_time'
}

/** What is left and until when: 还剩 1 小时 20 分（今天 17:05 前）; 已超期 2 天 3 小时. */
export function left(row: { state: string; due_at: string | null }, now: Date = new Date()): string {
  const how = standing(row, now)
  if (how === 'ended') return words.ended
  if (how === 'held') return words.held
  if (row.state === 'merged') return words.led
  if (how === 'untimed' || !row.due_at) return words.untimed
  const away = new Date(row.due_at).getTime() - now.getTime()
  return away < 0 ? words.late(span(-away)) : away < DAY ? words.left(span(away), said(row.due_at, now)) : words.until(said(row.due_at, now))
}

/** 12,345 */
export const many = (value: number): string => value.toLocaleString('zh-CN')
