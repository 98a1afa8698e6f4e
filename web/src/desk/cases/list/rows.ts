/** The rows of a queue and what becomes of them while one looks at them. Pure. */
import type { components } from '@/shared/api/schema'

export type Listed = components['schemas']['Listed']
/** `gone`: no longer in this queue; it stays where it is until the next time the queue is drawn, so that nothing jumps. */
export interface Row extends Listed { gone?: boolean }

/**
 * What is on the screen, brought up to date by the same stretch of the queue fetched again.
 * What is new is only counted; what left is marked. `whole`: the stretch reaches the end of the queue.
 */
export function merged(held: readonly Row[], fresh: readonly Listed[], whole: boolean): { rows: Row[]; newcomers: string[] } {
  const now = new Map(fresh.map((row) => [row.id, row]))
  const had = new Set(held.map((row) => row.id))
  const newcomers = fresh.filter((row) => !had.has(row.id)).map((row) => row.id)
  // Newcomers push as many rows past the end of the stretch: of the last ones nothing is known.
  const pushed = whole ? held.length : held.length - newcomers.length
  const rows = held.map((row, place) => now.get(row.id) ?? (place < pushed ? { ...row, gone: true } : row))
  return { rows, newcomers }
}

/** Which case comes after `id`: the next one still there, else the one before; '' when none is left. */
export function neighbour(rows: readonly Row[], id: string, still: ReadonlySet<string>): string {
  const place = rows.findIndex((row) => row.id === id)
  const there = (row: Row) => row.id !== id && still.has(row.id)
  return (rows.slice(place + 1).find(there) ?? rows.slice(0, Math.max(place, 0)).reverse().find(there))?.id ?? ''
}

/** The row `by` steps away, within the ends; the first one when none was chosen. */
export function stepped(rows: readonly Row[], id: string, by: number): string {
  const place = rows.findIndex((row) => row.id === id)
  if (place < 0) return rows[0]?.id ?? ''
  return rows[Math.min(rows.length - 1, Math.max(0, place + by))]!.id
}
