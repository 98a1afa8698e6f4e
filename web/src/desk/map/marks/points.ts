/** The cases within what is seen: as the service tells them, as the map takes them, as the list reads them out. Pure. */
import { standingOf } from '@/desk/map/marks/shapes'
import type { Standing } from '@/shared/words/time'

export interface Point { id: string; number: string; lon: number; lat: number; state: string; late: boolean; due_at?: string | null; class_name: string; place: string }
export interface Pile { lon: number; lat: number; count: number; late: number }
export interface Told { points: Point[]; clusters: Pile[] }

export interface Feature { type: 'Feature'; geometry: { type: 'Point'; coordinates: [number, number] }; properties: Record<string, string | number> }

/** Steps in which the late share of a pile is drawn: eighths, any late case is seen, and only all of them close the ring. */
export const EIGHTHS = 8
export function eighths(late: number, count: number): number {
  if (!late || !count) return 0
  return late >= count ? EIGHTHS : Math.min(EIGHTHS - 1, Math.max(1, Math.round(late / count * EIGHTHS)))
}

export function features(told: Told, now: Date = new Date()): Feature[] {
  const at = (lon: number, lat: number): Feature['geometry'] => ({ type: 'Point', coordinates: [lon, lat] })
  return [
    ...told.points.map((point): Feature => ({
      type: 'Feature', geometry: at(point.lon, point.lat),
      properties: { id: point.id, how: standingOf(point, now), count: 1, late: standingOf(point, now) === 'late' ? 1 : 0 },
    })),
    ...told.clusters.map((pile): Feature => ({ type: 'Feature', geometry: at(pile.lon, pile.lat), properties: { id: '', how: pile.late ? 'late' : 'in_time', count: pile.count, late: pile.late } })),
  ]
}

const ORDER: Standing[] = ['late', 'soon', 'in_time', 'untimed', 'held', 'ended']

/** What presses most stands first; among equals the newest. */
export function inOrder(points: Point[], now: Date = new Date()): Point[] {
  const place = new Map(points.map((point) => [point.id, ORDER.indexOf(standingOf(point, now))]))
  return [...points].sort((one, other) => place.get(one.id)! - place.get(other.id)! || (one.number < other.number ? 1 : one.number > other.number ? -1 : 0))
}

export const pilesInOrder = (piles: Pile[]): Pile[] => [...piles].sort((one, other) => other.late - one.late || other.count - one.count)

export const everyOne = (told: Told): number => told.points.length + told.clusters.reduce((sum, pile) => sum + pile.count, 0)
export const lateOnes = (told: Told, now: Date = new Date()): number =>
  told.points.filter((point) => standingOf(point, now) === 'late').length + told.clusters.reduce((sum, pile) => sum + pile.late, 0)
