/** The ground drawn on a plain canvas: small still maps, paper, and computers without WebGL. */
import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile'
import Pbf from 'pbf'
import { tileAddress, type Box, type Ground } from '@/desk/map/base/ground'
import { Labels, type Along, type Taken } from '@/desk/map/base/labelling'
import { TILE, tilesFor, unworld, type Placed, type View } from '@/desk/map/base/mercator'
import type { Palette } from '@/desk/map/base/palette'
import { borderWidth, streetWidth } from '@/desk/map/base/widths'

const KEPT = 48
const kept = new Map<string, Promise<VectorTile | null>>()

/** The tiles of a view, those seen lately from memory. */
export async function fetchTiles(told: Ground, view: View): Promise<[Placed, VectorTile | null][]> {
  const spots = tilesFor(view, told.minzoom, told.maxzoom).filter((spot) => within(spot, told.bounds))
  return Promise.all(spots.map(async (spot): Promise<[Placed, VectorTile | null]> => {
    const address = tileAddress(told, spot.z, spot.x, spot.y)
    const found = kept.get(address) ?? fetchTile(address)
    kept.delete(address)
    kept.set(address, found)
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!)
    return [spot, await found]
  }))
}

/** Outside the district there are no tiles to ask for. */
function within({ z, x, y }: Placed, bounds: Box | null): boolean {
  if (!bounds) return false
  const corner = unworld({ x: x * TILE, y: y * TILE }, z)
  const other = unworld({ x: (x + 1) * TILE, y: (y + 1) * TILE }, z)
  return corner.lon <= bounds[2] && other.lon >= bounds[0] && other.lat <= bounds[3] && corner.lat >= bounds[1]
}

async function fetchTile(address: string): Promise<VectorTile | null> {
  try {
    const answer = await fetch(address, { credentials: 'same-origin' })
    if (answer.status !== 200) return null
    return new VectorTile(new Pbf(await answer.arrayBuffer()))
  } catch {
    kept.delete(address)
    return null
  }
}

type Ring = { x: number; y: number }[]

/** `free`: where no names may stand. */
export function paint(pen: CanvasRenderingContext2D, view: View, tiles: [Placed, VectorTile | null][], colours: Palette, free: Taken[] = []): void {
  pen.fillStyle = colours.land
  pen.fillRect(0, 0, view.width, view.height)
  pen.lineJoin = pen.lineCap = 'round'
  const labels = new Labels(view, colours, [...free])
  // Layer by layer over all tiles: a street of one tile must not lie upon the name in the next.
  for (const [name, draw] of LAYERS) {
    for (const [spot, tile] of tiles) {
      const layer = tile?.layers[name.split(' ')[0]!]
      if (!layer) continue
      pen.save()
      pen.beginPath()
      pen.rect(spot.left, spot.top, Math.ceil(spot.size), Math.ceil(spot.size))
      pen.clip()
      const scale = spot.size / layer.extent
      for (let index = 0; index < layer.length; index++) {
        const feature = layer.feature(index)
        const rings = feature.loadGeometry().map((ring) => ring.map(({ x, y }) => ({ x: spot.left + x * scale, y: spot.top + y * scale })))
        draw(pen, rings, feature, view, colours, labels)
      }
      pen.restore()
    }
  }
  labels.write(pen)
}

type Draw = (pen: CanvasRenderingContext2D, rings: Ring[], feature: VectorTileFeature, view: View, colours: Palette, labels: Labels) => void

const fill = (colour: keyof Palette): Draw => (pen, rings, _feature, _view, colours) => {
  trace(pen, rings)
  pen.fillStyle = colours[colour] as string
  pen.fill('evenodd')
}

const building: Draw = (pen, rings, feature, view, colours, labels) => {
  fill('building')(pen, rings, feature, view, colours, labels)
  if (view.zoom < 15.5) return
  pen.strokeStyle = colours.buildingEdge
  pen.lineWidth = 0.6
  pen.stroke()
}

const street = (edge: boolean): Draw => (pen, rings, feature, view, colours, labels) => {
  const width = streetWidth(String(feature.properties.kind ?? ''), view.zoom)
  trace(pen, rings)
  pen.strokeStyle = edge ? colours.streetEdge : colours.street
  pen.lineWidth = edge ? width + 1.6 : width
  pen.stroke()
  if (!edge && feature.properties.name) rings.forEach((line) => labels.along(String(feature.properties.name), line as Along, width))
}

const border: Draw = (pen, rings, feature, view, colours) => {
  const level = Number(feature.properties.level)
  const width = borderWidth(level, view.zoom)
  // Unit grids mostly follow the streets: on a small picture their dashes only hide them.
  if (!width || level >= 7) return
  trace(pen, rings)
  pen.strokeStyle = colours.border
  pen.lineWidth = width
  pen.setLineDash(level >= 6 ? [5, 3] : [])
  pen.stroke()
}

const LAYERS: [string, Draw][] = [
  ['green', fill('green')], ['water', fill('water')], ['streets edge', street(true)], ['buildings', building], ['streets', street(false)], ['areas', border],
]

function trace(pen: CanvasRenderingContext2D, rings: Ring[]): void {
  pen.beginPath()
  for (const ring of rings) ring.forEach(({ x, y }, index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)))
}
