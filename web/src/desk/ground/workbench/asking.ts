/** What a proposal is asked for: where, by which rules, and what may be meant. Pure. */

export interface Form {
  area: string; title: string; keep: boolean; workload: string; size: string
  unit_target: number; unit_least: number; unit_most: number; group_least: number; group_most: number; measure: string; seed: number
}
export const WORKLOADS = ['units', 'households', 'buildings', 'cases'] as const
/** Sizes of a responsibility grid that districts use; `own` leaves the numbers to be typed. */
export const SIZES: Record<string, { measure: string; least: number; most: number }> = {
  dense: { measure: 'units', least: 10, most: 16 }, sparse: { measure: 'units', least: 20, most: 30 },
  h300: { measure: 'households', least: 200, most: 300 }, h1000: { measure: 'households', least: 500, most: 1000 }, h30: { measure: 'households', least: 25, most: 35 },
}

export const fresh = (): Form => ({
  area: '', title: '', keep: false, workload: 'units', size: 'dense',
  unit_target: 10_000, unit_least: 5_000, unit_most: 15_000, group_least: 10, group_most: 16, measure: 'units', seed: 1,
})

export function sizedAs(form: Form, size: string): void {
  form.size = size
  const known = SIZES[size]
  if (known) Object.assign(form, { measure: known.measure, group_least: known.least, group_most: known.most })
}

/** Which rule cannot be meant: a key of words, '' where all can. The same as the engine would refuse. */
export function wrong(form: Form): string {
  const numbers = [form.unit_target, form.unit_least, form.unit_most, form.group_least, form.group_most]
  if (numbers.some((value) => !Number.isFinite(value) || value <= 0)) return 'numbers'
  if (!(form.unit_least <= form.unit_target && form.unit_target <= form.unit_most)) return 'unit_order'
  if (form.unit_most < 2 * form.unit_least) return 'unit_double'
  if (form.group_least > form.group_most) return 'group_order'
  return ''
}

export const bodyOf = (form: Form) => ({
  area: Number(form.area), title: form.title.trim(), keep: form.keep, seed: form.seed,
  rules: {
    unit_target: form.unit_target, unit_least: form.unit_least, unit_most: form.unit_most,
    group_least: form.group_least, group_most: form.group_most, measure: form.measure, workload: form.workload,
  },
})

export const underWay = (state: string): boolean => state === 'waiting' || state === 'running'

/** A key of words: done with nothing to change, which it says, is another thing than done; a draft may have been given up since. */
export const standingOf = (one: { state: string; plan_id: number | null; said: string }): string => (one.state === 'done' && one.plan_id === null && one.said ? 'same' : one.state)

/** The first instant of a day as the browser's zone has it. */
export const beginningOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString()
/** Whether a day lies ahead of now. */
export const ahead = (day: string, now: Date): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00`) > now
