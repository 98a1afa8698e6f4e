/** A week of a rota as a table: days across, shifts of the day down. Pure; days are texts such as 2026-11-30. */
export interface ShiftLine { id: number; user_id: string; user_name: string; day: string; start: string; end: string; over_midnight: boolean; away: boolean }
export interface Hole { day: string; begins_on: string; start: string; end: string; minutes: number }
export interface Double { user_id: string; user_name: string; begins_on: string; start: string; end: string; minutes: number; area_names: string[] }
export interface Cover { start: string; end: string; weekdays: number[]; on_holidays: boolean; area_id: number | null; area_name: string }
export interface Rota { area_id: number; area_name: string; days: string[]; cover: Cover | null; shifts: ShiftLine[]; holes: Hole[]; doubles: Double[]; holidays: string[]; on_shift: string[] }

const at = (day: string): Date => new Date(`${day}T12:00:00Z`) // noon, so that no zone makes it another day
const text = (date: Date): string => date.toISOString().slice(0, 10)

export function shifted(day: string, days: number): string {
  const moved = at(day)
  moved.setUTCDate(moved.getUTCDate() + days)
  return text(moved)
}
/** Monday is 0. */
export const weekday = (day: string): number => (at(day).getUTCDay() + 6) % 7
export const mondayOf = (day: string): string => shifted(day, -weekday(day))
/** 11月30日. */
export const dayWords = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`

export interface Row { start: string; end: string; over_midnight: boolean; cells: ShiftLine[][] }

/** One row for each time of day at which a shift runs, earliest first; a cell holds who is on it that day. */
export function rows(rota: Pick<Rota, 'days' | 'shifts'>): Row[] {
  const found = new Map<string, Row>()
  for (const shift of rota.shifts) {
    const key = `${shift.start}-${shift.end}-${shift.over_midnight}`
    const row = found.get(key) ?? { start: shift.start, end: shift.end, over_midnight: shift.over_midnight, cells: rota.days.map(() => []) }
    found.set(key, row)
    row.cells[rota.days.indexOf(shift.day)]?.push(shift)
  }
  return [...found.values()].sort((one, other) => one.start.localeCompare(other.start) || Number(one.over_midnight) - Number(other.over_midnight) || one.end.localeCompare(other.end))
}

export const holesOf = (rota: Pick<Rota, 'holes'>, day: string): Hole[] => rota.holes.filter((hole) => hole.day === day)

/** Whether the cover asks for somebody on that day. */
export const covered = (rota: Pick<Rota, 'cover' | 'holidays'>, day: string): boolean =>
  !!rota.cover && rota.cover.weekdays.includes(weekday(day)) && (rota.cover.on_holidays || !rota.holidays.includes(day))

/** 6:30 and 06:30, up to 24:00, as the service takes them. */
export const isTime = (text: string): boolean => /^([01]?\d|2[0-3])[:：][0-5]\d$|^24[:：]00$/.test(text.trim())

export interface PatternForm { users: { id: string; name: string }[]; times: { start: string; end: string }[]; first: string; last: string; turn: string; weekdays: number[]; skip_holidays: boolean }
export const emptyPattern = (first: string): PatternForm => ({
  users: [], times: [{ start: '06:30', end: '13:30' }, { start: '13:30', end: '20:30' }], first, last: shifted(first, 27), turn: 'day', weekdays: [0, 1, 2, 3, 4, 5, 6], skip_holidays: false,
})
export const complete = (form: PatternForm): boolean =>
  form.users.length > 0 && form.times.length > 0 && form.times.every((time) => isTime(time.start) && isTime(time.end)) && form.weekdays.length > 0 && !!form.first && !!form.last && form.first <= form.last

/** The person one place further up; the first stays. */
export function moveUp<T>(list: readonly T[], place: number): T[] {
  const moved = [...list]
  if (place > 0) [moved[place - 1], moved[place]] = [moved[place]!, moved[place - 1]!]
  return moved
}
