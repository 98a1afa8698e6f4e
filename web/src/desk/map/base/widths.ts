/** How wide streets and borders are drawn: one table for both kinds of map. Pure. */

/** Streets by kind: their width in metres, roughly, so that they grow as one comes nearer. */
const METRES: Record<string, number> = {
  高速公路: 34, 高速: 34, motorway: 34, 快速路: 30, trunk: 30, 主干路: 28, 主干道: 28, primary: 28, 桥: 22, 次干路: 20, 次干道: 20, secondary: 20,
  支路: 14, 街道: 14, tertiary: 14, 巷: 6, 街巷: 6, 村道: 6, 里弄: 5, 胡同: 5, residential: 8, 小区路: 4, footway: 3, path: 3,
}
const OTHER = 8
/** Metres at this zoom are drawn as pixels one to one (at middle latitudes). */
const LIFELIKE = 16
const THINNEST = 0.6

export const metres = (kind: string): number => METRES[kind] ?? OTHER

export function streetWidth(kind: string, zoom: number): number {
  return Math.max(THINNEST, metres(kind) * 0.55 * 1.75 ** (zoom - LIFELIKE))
}

/** Border of an area by its level: thicker the larger the area; 0 while it would only be noise. */
export function borderWidth(level: number, zoom: number): number {
  if (level <= 3) return 2.6
  if (level === 4) return 2
  if (level === 5) return zoom < 12 ? 0 : 1.5
  if (level === 6) return zoom < 13.5 ? 0 : 1
  return zoom < 15 ? 0 : 0.7
}
