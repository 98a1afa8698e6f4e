/** The units in hand, and what can be done with them. Pure. */
import type { Done, UnitRow } from '@/desk/ground/workbench/contract'
import type { Box } from '@/desk/map/base/ground'

/** More are not held: their outlines are drawn, and a deed on so many is a mistake. */
export const MOST = 200
export type Able = 'split' | 'merge' | 'border' | 'move' | 'note'
const WANTS: Record<Able, [least: number, most: number]> = { split: [1, 1], merge: [2, MOST], border: [2, 2], move: [1, MOST], note: [1, 1] }

export const able = (count: number, deed: Able): boolean => count >= WANTS[deed][0] && count <= WANTS[deed][1]

/** A press chooses this one alone; with Ctrl or Shift it comes to the others, or leaves them. */
export function pressed(chosen: readonly UnitRow[], unit: UnitRow, adding: boolean): UnitRow[] {
  const held = chosen.some((one) => one.id === unit.id)
  if (!adding) return held && chosen.length === 1 ? [] : [unit]
  return held ? chosen.filter((one) => one.id !== unit.id) : joined(chosen, [unit])
}

export function joined(chosen: readonly UnitRow[], more: readonly UnitRow[]): UnitRow[] {
  const known = new Set(chosen.map((one) => one.id))
  return [...chosen, ...more.filter((one) => !known.has(one.id))].slice(0, MOST)
}

/** All of them in hand already? Then they leave, else they come. */
export function toggled(chosen: readonly UnitRow[], units: readonly UnitRow[]): UnitRow[] {
  const ids = new Set(units.map((one) => one.id))
  const held = new Set(chosen.map((one) => one.id))
  return units.every((one) => held.has(one.id)) ? chosen.filter((one) => !ids.has(one.id)) : joined(chosen, units)
}

/** After a deed what it made or changed is in hand, else what is left of the choice. */
export function after(chosen: readonly UnitRow[], done: Done): UnitRow[] {
  const gone = new Set(done.gone)
  const made = done.units.filter((one) => !gone.has(one.id))
  return (made.length ? made : chosen.filter((one) => !gone.has(one.id))).slice(0, MOST)
}

/** What they come to together. */
export const sums = (units: readonly UnitRow[]) => ({
  area: units.reduce((sum, one) => sum + (one.area_m2 || 0), 0),
  households: units.reduce((sum, one) => sum + (one.households ?? 0), 0),
  buildings: units.reduce((sum, one) => sum + (one.buildings ?? 0), 0),
})

/** The box around them all. */
export function boxOf(units: readonly { box: Box | null }[]): Box | null {
  const boxes = units.flatMap((one) => (one.box ? [one.box] : []))
  const side = (place: number) => boxes.map((box) => box[place]!)
  return boxes.length ? [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))] : null
}

/** …003 of 990101001003: what tells units of one community apart. */
export const short = (code: string): string => (code.length > 6 ? `…${code.slice(-3)}` : code)
