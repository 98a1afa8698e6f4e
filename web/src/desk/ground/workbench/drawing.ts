/** A line being drawn: its points, one of them in hand; where a press near a vertex or a border comes to lie. Pure. */
import type { Point, Shape } from '@/desk/ground/workbench/contract'

export interface Pixel { x: number; y: number }
export type Rings = Pixel[][]
export interface Snapped extends Pixel { how: 'vertex' | 'border' | '' }

/** Within so many pixels a press is drawn to what is there. */
export const NEAR = 10
/** Nearer than this a second press is the same one: the first half of a double click. */
const SAME = 3
const METRES_A_DEGREE = 111_320

/** The nearest vertex within reach, else the nearest place on a border, else the place itself. */
export function snap(at: Pixel, rings: Rings, near = NEAR): Snapped {
  const vertex = nearest(at, rings.flat(), near)
  if (vertex) return { ...vertex, how: 'vertex' }
  const foot = nearest(at, rings.flatMap((ring) => ring.slice(1).map((end, place) => footOn(at, ring[place]!, end))), near)
  return foot ? { ...foot, how: 'border' } : { ...at, how: '' }
}

function nearest(at: Pixel, places: Pixel[], near: number): Pixel | null {
  let best: Pixel | null = null
  let least = near
  for (const place of places) {
    const away = Math.hypot(place.x - at.x, place.y - at.y)
    if (away <= least) [best, least] = [place, away]
  }
  return best && { x: best.x, y: best.y }
}

/** The place on a stretch that is nearest to a point. */
export function footOn(at: Pixel, from: Pixel, to: Pixel): Pixel {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const long = dx * dx + dy * dy
  const share = long ? Math.max(0, Math.min(1, ((at.x - from.x) * dx + (at.y - from.y) * dy) / long)) : 0
  return { x: from.x + share * dx, y: from.y + share * dy }
}

/** The rings of outlines, each as its points. */
export const ringsOf = (shapes: readonly Shape[]): Point[][] =>
  shapes.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? (geometry.coordinates as Point[][]) : (geometry.coordinates as Point[][][]).flat()))

/** With a point more, unless it is the press before over again. */
export function added(line: readonly Point[], point: Point, away: (one: Point, other: Point) => number): Point[] {
  const last = line[line.length - 1]
  return last && away(last, point) < SAME ? [...line] : [...line, point]
}
export const withoutLast = (line: readonly Point[]): Point[] => line.slice(0, -1)
export const without = (line: readonly Point[], place: number): Point[] => line.filter((_, index) => index !== place)
export const replaced = (line: readonly Point[], place: number, point: Point): Point[] => line.map((old, index) => (index === place ? point : old))

/** A point between the one in hand and the next; after the last one, as far again as the last stretch goes. */
export function inserted(line: readonly Point[], place: number): Point[] {
  const here = line[place]
  if (!here) return [...line]
  const next = line[place + 1]
  const before = line[place - 1] ?? here
  const point: Point = next ? [(here[0] + next[0]) / 2, (here[1] + next[1]) / 2] : [2 * here[0] - before[0], 2 * here[1] - before[1]]
  return [...line.slice(0, place + 1), fine(point), ...line.slice(place + 1)]
}

const ARROWS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
/** A point moved by a key: a metre, with Shift ten; null for other keys. */
export function moved([lon, lat]: Point, key: string, far: boolean): Point | null {
  const way = ARROWS[key]
  if (!way) return null
  const metres = far ? 10 : 1
  return fine([lon + way[0] * metres / (METRES_A_DEGREE * Math.cos(lat * Math.PI / 180)), lat + way[1] * metres / METRES_A_DEGREE])
}

/** 113.93021, 22.53107 as it is typed, with whatever stands between; null where it is no place on earth. */
export function typedPoint(text: string): Point | null {
  const found = text.trim().match(/^(-?\d{1,3}(?:\.\d+)?)[\s,，;；/]+(-?\d{1,2}(?:\.\d+)?)$/)
  if (!found) return null
  const [lon, lat] = [Number(found[1]), Number(found[2])]
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 ? fine([lon, lat]) : null
}
export const sayPoint = ([lon, lat]: Point): string => `${lon.toFixed(6)}, ${lat.toFixed(6)}`
const fine = ([lon, lat]: Point): Point => [Number(lon.toFixed(7)), Number(lat.toFixed(7))]

/** A line through the middle of a box and a little beyond it, to begin with by keyboard. */
export function across([west, south, east, north]: readonly [number, number, number, number], way: 'across' | 'down'): Point[] {
  const [lon, lat] = [(west + east) / 2, (south + north) / 2]
  const [wide, high] = [(east - west) * 0.1, (north - south) * 0.1]
  return (way === 'across' ? [[west - wide, lat], [east + wide, lat]] : [[lon, north + high], [lon, south - high]] as Point[]).map((point) => fine(point as Point))
}

/** The stretch of border that two outlines share, from one end to the other; empty where it is not one stretch. */
export function sharedBorder(one: Shape, other: Shape): Point[] {
  const theirs = ringsOf([other]).flat()
  const key = ([lon, lat]: Point) => `${lon.toFixed(7)},${lat.toFixed(7)}`
  const known = new Set(theirs.map(key))
  let best: Point[] = []
  for (const ring of ringsOf([one])) {
    const open = ring.slice(0, -1)
    const start = open.findIndex((point) => !known.has(key(point)))
    const turned = start < 0 ? open : [...open.slice(start), ...open.slice(0, start)]
    let run: Point[] = []
    for (const point of [...turned, [NaN, NaN] as Point]) {
      if (known.has(key(point))) { run.push(point); continue }
      if (run.length > best.length) best = run
      run = []
    }
  }
  return best.length > 1 ? best : []
}

/** Whether this can be sent: two places at least that differ. */
export const drawable = (line: readonly Point[]): boolean => line.length > 1 && line.some((point) => point[0] !== line[0]![0] || point[1] !== line[0]![1])
