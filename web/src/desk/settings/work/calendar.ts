/** The work calendar as a year of months, and hours as they are written. Pure. */
export interface Day { on: string; word: 'off' | 'work' | ''; name: string }
export type Slot = [string, string]
export interface Calendar { version: string; zone: string; slots: Slot[][]; makeup: Slot[] | null; known_years: number[]; days: Day[] }

const two = (value: number) => String(value).padStart(2, '0')

/** The days of a month in rows of seven from Monday; '' where the month has none. */
export function monthRows(year: number, month: number): string[][] {
  const first = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const cells = [...Array<string>(first).fill(''), ...Array.from({ length }, (_, index) => `${year}-${two(month)}-${two(index + 1)}`)]
  while (cells.length % 7) cells.push('')
  return Array.from({ length: cells.length / 7 }, (_, row) => cells.slice(row * 7, row * 7 + 7))
}

/** 0 is Monday. */
export const weekdayOf = (on: string): number => (new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7

/** What a day is: as declared, else as its weekday. */
export function kindOf(on: string, calendar: Calendar, changed: ReadonlyMap<string, Day>): 'off' | 'work' | 'rest' | 'ordinary' {
  const day = changed.get(on) ?? calendar.days.find((each) => each.on === on)
  if (day?.word) return day.word
  return calendar.slots[weekdayOf(on)]?.length ? 'ordinary' : 'rest'
}

export const saySlots = (slots: readonly Slot[] | null): string => (slots ?? []).map(([from, to]) => `${from}-${to}`).join(' ')

/** "08:00-12:00 14:00-18:00" as slots, [] for empty, null where it cannot be read or does not ascend. */
export function readSlots(text: string): Slot[] | null {
  const found: Slot[] = []
  let last = ''
  for (const piece of text.trim().replace(/[：]/g, ':').replace(/[－–—~至]/g, '-').split(/[\s,，、;；]+/).filter(Boolean)) {
    const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(piece)
    if (!match) return null
    const from = `${match[1]!.padStart(2, '0')}:${match[2]}`
    const to = `${match[3]!.padStart(2, '0')}:${match[4]}`
    if (from >= to || from < last || Number(match[2]) > 59 || Number(match[4]) > 59 || to > '24:00') return null
    found.push([from, to])
    last = to
  }
  return found
}
