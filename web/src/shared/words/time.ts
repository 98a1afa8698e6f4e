/** Times as people say them; pure: pass `now`. The zone is the browser's. */

const two = (value: number) => String(value).padStart(2, '0')
const clock = (at: Date) => `${two(at.getHours())}:${two(at.getMinutes())}`
const dayOf = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
const DAY = 24 * 3600 * 1000

/** 今天 17:05, 昨天 09:30, 明天 10:00, 11月20日 08:15, 2025年3月1日. */
export function said(text: string | null | undefined, now: Date = new Date()): string {
  if (!text) return ''
  const at = new Date(text)
  const days = Math.round((dayOf(at) - dayOf(now)) / DAY)
  const near = ({ '-2': '前天', '-1': '昨天', 0: '今天', 1: '明天', 2: '后天' } as Record<string, string>)[days]
  if (near) return `${near} ${clock(at)}`
  if (at.getFullYear() === now.getFullYear()) return `${at.getMonth() + 1}月${at.getDate()}日 ${clock(at)}`
  return `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日`
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
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 ? `${hours} 小时 ${minutes % 60} 分` : `${hours} 小时`
  const days = Math.floor(hours / 24)
  return hours % 24 ? `${days} 天 ${hours % 24} 小时` : `${days} 天`
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
  if (how === 'ended') return '已办结'
  if (how === 'held') return '已挂账，不计时'
  if (how === 'untimed' || !row.due_at) return '不限时'
  const away = new Date(row.due_at).getTime() - now.getTime()
  return away < 0 ? `已超期 ${span(-away)}` : away < DAY ? `还剩 ${span(away)}（${said(row.due_at, now)} 前）` : `${said(row.due_at, now)} 前`
}

/** 12,345 */
export const many = (value: number): string => value.toLocaleString('zh-CN')
