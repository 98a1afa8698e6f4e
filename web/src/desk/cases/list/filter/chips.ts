/** Each filter in words, one chip each. Pure: names come from outside. */
import { said } from '@/shared/words/time'
import { toAddress, type Filters } from './filters'

export interface Chip { name: keyof Filters; value: string; text: string }
export interface Names {
  state: (code: string) => string
  channel: (code: string) => string
  class_code: (code: string) => string
  area: (code: string) => string
  unit: (code: string) => string
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** 11月20日 of a day; with the hour where it was an instant. */
export function dayOrMoment(text: string, now: Date = new Date()): string {
  if (!DAY.test(text)) return said(new Date(text).toISOString(), now)
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return year === now.getFullYear() ? `${month}月${day}日` : `${year}年${month}月${day}日`
}

export function chips(filters: Filters, names: Names, now: Date = new Date()): Chip[] {
  const time = (text: string) => dayOrMoment(text, now)
  const until = (text: string) => (DAY.test(text) ? `${time(text)}及以前` : `${time(text)} 以前`)
  const words: Record<keyof Filters, (value: string) => string> = {
    state: (code) => names.state(code),
    class_code: (code) => `类别：${names.class_code(code)}`,
    area: (code) => `区域：${names.area(code)}`,
    unit: (code) => `单位：${names.unit(code)}`,
    channel: (code) => `来源：${names.channel(code)}`,
    number: (text) => `编号：${text}`,
    part: (text) => (/^\d+$/.test(text) ? `部件：${text}` : '同一个部件的案件'),
    words: (text) => `查找：${text}`,
    late: () => '已超期',
    mine: () => '我上报的',
    helping: () => '本单位协办的', told: () => '超时升级告知我的',
    since: (text) => `${time(text)}以后上报`,
    until: (text) => `${until(text)}上报`,
    state_since: (text) => `${time(text)}以后进入当前环节`,
    state_before: (text) => `${until(text)}进入当前环节`,
    filed_since: (text) => `${time(text)}以后立案`,
    ended_since: (text) => `${time(text)}以后办结`,
    ended_until: (text) => `${until(text)}办结`,
    ended_late: (text) => (text === 'true' ? '办理中有环节超期' : '各环节都未超期'),
    exempted: (text) => (text === 'true' ? '超期，已豁免' : '有超期未豁免'),
    due_before: (text) => `${until(text)}到期`,
  }
  return Object.entries(toAddress(filters)).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name: name as keyof Filters, value: one, text: words[name as keyof Filters](one) })))
}
