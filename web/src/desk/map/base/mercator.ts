/** Web Mercator with tiles of 512 pixels, as the map's tiles are cut. Pure. */

export interface Spot { lon: number; lat: number }
/** What is looked at: its middle, how near, and how many pixels of screen it has. */
export interface View extends Spot { zoom: number; width: number; height: number }
export interface Pixel { x: number; y: number }
/** A tile and where it lies on the screen. */
export interface Placed { z: number; x: number; y: number; left: number; top: number; size: number }

export const TILE = 512
const HIGHEST = 85.0511287798

const across = (zoom: number) => TILE * 2 ** zoom

/** Pixels from the north-west corner of the world. */
export function world({ lon, lat }: Spot, zoom: number): Pixel {
  const bounded = Math.max(-HIGHEST, Math.min(HIGHEST, lat))
  const sine = Math.sin(bounded * Math.PI / 180)
  return { x: (lon + 180) / 360 * across(zoom), y: (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * across(zoom) }
}

export function unworld({ x, y }: Pixel, zoom: number): Spot {
  const turned = Math.PI * (1 - 2 * y / across(zoom))
  return { lon: x / across(zoom) * 360 - 180, lat: Math.atan(Math.sinh(turned)) * 180 / Math.PI }
}

/** Where a place lies on the screen. */
export function toScreen(place: Spot, view: View): Pixel {
  const middle = world(view, view.zoom)
  const there = world(place, view.zoom)
  return { x: there.x - middle.x + view.width / 2, y: there.y - middle.y + view.height / 2 }
}

export function toGround(pixel: Pixel, view: View): Spot {
  const middle = world(view, view.zoom)
  return unworld({ x: middle.x + pixel.x - view.width / 2, y: middle.y + pixel.y - view.height / 2 }, view.zoom)
}

/** The tiles that cover a view; their edges lie on whole pixels, so that no seam shows. */
export function tilesFor(view: View, minzoom: number, maxzoom: number): Placed[] {
  const z = Math.max(minzoom, Math.min(maxzoom, Math.round(view.zoom)))
  const size = TILE * 2 ** (view.zoom - z)
  const middle = world(view, view.zoom)
  const west = middle.x - view.width / 2
  const north = middle.y - view.height / 2
  const last = 2 ** z - 1
  const placed: Placed[] = []
  for (let y = Math.max(0, Math.floor(north / size)); y <= Math.min(last, Math.floor((north + view.height) / size)); y++) {
    for (let x = Math.max(0, Math.floor(west / size)); x <= Math.min(last, Math.floor((west + view.width) / size)); x++) {
      placed.push({ z, x, y, left: Math.round(x * size - west), top: Math.round(y * size - north), size })
    }
  }
  return placed
}

/** Six decimals: a tenth of a metre, as places are kept. */
export const rounded = ({ lon, lat }: Spot): Spot => ({ lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)) })

/** 102.00127, 40.50233 as people read it: 东经 102.00127° 北纬 40.50233°. */
export function saidPlace({ lon, lat }: Spot): string {
  return `${lon < 0 ? '西经' : '东经'} ${Math.abs(lon).toFixed(5)}° ${lat < 0 ? '南纬' : '北纬'} ${Math.abs(lat).toFixed(5)}°`
}
