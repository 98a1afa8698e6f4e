/** What a queue is filtered by, as it stands in the address: the same names that `GET /api/cases` takes. Pure. */
import type { Query } from '@/shared/api/call'

export interface Filters {
  state: string[]
  class_code: string[]
  area: string
  unit: string
  channel: string
  number: string
  /** A part of the register, by id or number. */
  part: string
  /** What text, place or number hold. */
  words: string
  late: boolean
  mine: boolean
  helping: boolean
  told: boolean
  /** A day (2026-11-20; `…until`: that day included) or an instant; so are all that follow. */
  since: string
  until: string
  state_since: string
  state_before: string
  filed_since: string
  ended_since: string
  ended_until: string
  ended_late: '' | 'true' | 'false'
  exempted: '' | 'true' | 'false'
  due_before: string
}

/** As the router has it: a name once, several times, or without a value. */
export type Address = Record<string, string | null | undefined | (string | null)[]>

const LISTS = ['state', 'class_code'] as const
const SWITCHES = ['late', 'mine', 'helping', 'told'] as const
const WORDS = ['area', 'unit', 'channel', 'number', 'part', 'words'] as const
const TIMES = ['since', 'until', 'state_since', 'state_before', 'filed_since', 'ended_since', 'ended_until', 'due_before'] as const
const EITHER = ['ended_late', 'exempted'] as const
const THROUGH: readonly string[] = ['until', 'ended_until']
const DAY = /^\d{4}-\d{2}-\d{2}$/

export const NONE: Readonly<Filters> = {
  state: [], class_code: [], area: '', unit: '', channel: '', number: '', part: '', words: '', late: false, mine: false, helping: false, told: false, since: '', until: '',
  state_since: '', state_before: '', filed_since: '', ended_since: '', ended_until: '', ended_late: '', exempted: '', due_before: '',
}

/** What an address asks for; what it does not know, or what is no time, is left out. */
export function fromAddress(address: Address): Filters {
  const all = (name: string) => [address[name] ?? []].flat().filter((value): value is string => !!value)
  const one = (name: string) => all(name)[0] ?? ''
  const found: Filters = { ...NONE, state: [], class_code: [] }
  for (const name of LISTS) found[name] = [...new Set(all(name))]
  for (const name of SWITCHES) found[name] = one(name) === 'true'
  for (const name of WORDS) found[name] = one(name).trim()
  for (const name of TIMES) found[name] = Number.isNaN(moment(one(name), 0)) ? '' : one(name)
  for (const name of EITHER) {
    const said = one(name)
    found[name] = said === 'true' || said === 'false' ? said : ''
  }
  return found
}

/** The shortest address that says the same. */
export function toAddress(filters: Filters): Record<string, string | string[]> {
  const said: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(filters)) {
    if (Array.isArray(value) ? value.length : value) said[name] = Array.isArray(value) ? [...value] : String(value)
  }
  return said
}

/** What the service is asked: days become instants of the browser's zone. */
export function toQuery(filters: Filters): Query {
  const asked: Query = { ...toAddress(filters) }
  for (const name of TIMES) {
    if (filters[name]) asked[name] = new Date(moment(filters[name], THROUGH.includes(name) ? 1 : 0)).toISOString()
  }
  return asked
}

/** The address as text, as a saved view holds it: without the question mark. */
export function asText(filters: Filters): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(toAddress(filters))) for (const one of [value].flat()) parts.append(name, one)
  return parts.toString()
}

export function fromText(text: string): Filters {
  const address: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) (address[name] ??= []).push(value)
  return fromAddress(address)
}

/** Without one of them; of a list, without one of its values. */
export function without(filters: Filters, name: keyof Filters, value = ''): Filters {
  const held = filters[name]
  return { ...filters, [name]: Array.isArray(held) ? held.filter((one) => one !== value) : NONE[name] }
}

export const filtersAny = (filters: Filters): boolean => Object.keys(toAddress(filters)).length > 0

/**
 * A case number from what was typed in a hurry: the last digits are completed with the county and year of `sample`,
 * the number of any case on the screen. Spaces and full-width digits, as pasted from messages, are forgiven.
 */
export function wholeNumber(typed: string, sample: string): string {
  const text = typed.normalize('NFKC').replace(/[\s_]/g, '').replace(/[—–−]/g, '-')
  const like = /^(\w+)-(\d{4})-(\d+)$/.exec(sample)
  const serial = /^(?:(\d{4})-)?(\d+)$/.exec(text)
  if (!like || !serial || serial[2]!.length > like[3]!.length) return text
  return `${like[1]}-${serial[1] ?? like[2]}-${serial[2]!.padStart(like[3]!.length, '0')}`
}

function moment(text: string, days: number): number {
  if (!text) return 0
  if (!DAY.test(text)) return /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text).getTime() : NaN
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  const at = new Date(year, month - 1, day)
  return at.getMonth() === month - 1 ? new Date(year, month - 1, day + days).getTime() : NaN
}
