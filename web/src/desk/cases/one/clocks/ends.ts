/** The usual days on which a suspension ends, from today on. Pure. */
const pad = (value: number) => String(value).padStart(2, '0')
export const dayOf = (at: Date): string => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`

/** So many months later, on the same day or the last one of a shorter month. */
export function monthsLater(now: Date, months: number): string {
  const last = new Date(now.getFullYear(), now.getMonth() + months + 1, 0)
  return dayOf(new Date(last.getFullYear(), last.getMonth(), Math.min(now.getDate(), last.getDate())))
}
export const tomorrow = (now: Date): string => dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1))

export const USUAL = [['weeks', 14], ['one', 1], ['three', 3], ['half', 6]] as const
export const usualDay = (name: typeof USUAL[number][0], now: Date): string =>
  name === 'weeks' ? dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 14)) : monthsLater(now, { one: 1, three: 3, half: 6 }[name])
