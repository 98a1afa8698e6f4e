/** What the map of this person holds, and where its tiles are: asked once, again when the tiles of a version are gone. */
import { call } from '@/shared/api/call'

export type Box = [west: number, south: number, east: number, north: number]
export interface Ground {
  version: string
  bounds: Box | null
  layers: { name: string; title: string; count: number }[]
  tiles: string
  minzoom: number
  maxzoom: number
}

let asked: Promise<Ground> | undefined

export function ground(again = false): Promise<Ground> {
  if (!asked || again) {
    const asking = call<Ground>('GET', '/api/map')
    asking.catch(() => { if (asked === asking) asked = undefined })
    asked = asking
  }
  return asked
}

export const tileAddress = (told: Ground, z: number, x: number, y: number): string =>
  told.tiles.replace('{z}', String(z)).replace('{x}', String(x)).replace('{y}', String(y))
