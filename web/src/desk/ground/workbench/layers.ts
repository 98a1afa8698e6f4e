/** A plan on the map: units by tone, borders by rank, odd ones hatched, codes when near; above them what is in hand and what is drawn. */
import type { GeoJSONSource, LayerSpecification, Map as Engine, VectorTileSource } from 'maplibre-gl'
import type { Point, Shape } from '@/desk/ground/workbench/contract'
import type { Palette } from '@/desk/map/base/palette'
import { fonts } from '@/desk/map/base/style'

export const PLAN = 'plan'
const OLD = 'plan-before'
const CHOSEN = 'plan-chosen'
const DRAWN = 'plan-drawn'
/** The first names of the base: all that is filled lies below them. */
const NAMES = 'building-name'
const SHARP = 2
/** What the base draws of the areas in force: here it would be taken for the plan. */
const BASE_AREAS = ['border-7', 'border-6', 'border-5', 'area-name-7', 'area-name-6', 'area-name-5']

export interface Tiles { tiles: string; minzoom: number; maxzoom: number; bounds: [number, number, number, number] | null }
const vector = ({ tiles, minzoom, maxzoom, bounds }: Tiles) => ({ type: 'vector' as const, tiles: [location.origin + tiles], minzoom, maxzoom, ...(bounds ? { bounds } : {}) })
const nothing = { type: 'FeatureCollection' as const, features: [] }

/** Puts the layers of a plan on a map that has just been given its look. */
export function addPlan(map: Engine, colours: Palette, tiles: Tiles): void {
  for (const layer of BASE_AREAS) if (map.getLayer(layer)) map.setLayoutProperty(layer, 'visibility', 'none')
  map.addImage('odd-small', hatch(colours.ink, 'small'), { pixelRatio: SHARP })
  map.addImage('odd-large', hatch(colours.ink, 'large'), { pixelRatio: SHARP })
  map.addSource(PLAN, vector(tiles))
  map.addSource(CHOSEN, { type: 'geojson', data: nothing })
  map.addSource(DRAWN, { type: 'geojson', data: nothing })
  const before = map.getLayer(NAMES) ? NAMES : undefined
  for (const layer of [...surfaces(colours), ...inHand(colours)]) map.addLayer(layer, before)
  for (const layer of [...labels(colours), ...drawn(colours)]) map.addLayer(layer)
}

const from = (layer: string) => ({ source: PLAN, 'source-layer': layer })
const tone = (colours: Palette) => ['match', ['%', ['coalesce', ['get', 'tone'], 0], 8], ...[1, 2, 3, 4, 5, 6, 7].flatMap((number) => [number, colours[`tone${number}` as keyof Palette]]), colours.tone0]

function surfaces(colours: Palette): LayerSpecification[] {
  const edge = (id: string, layer: string, colour: string, near: number, far: number): LayerSpecification => ({
    id, type: 'line', ...from(layer), layout: { 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, far, 17, near] },
  })
  return [
    { id: 'plan-units', type: 'fill', ...from('units'), paint: { 'fill-color': tone(colours) as never, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.6, 17, 0.42], 'fill-antialias': false } },
    { id: 'plan-odd', type: 'fill', ...from('units'), filter: ['>', ['coalesce', ['get', 'odd'], 0], 0], paint: { 'fill-pattern': ['match', ['get', 'odd'], 2, 'odd-large', 'odd-small'] } },
    edge('plan-unit-edge', 'units', colours.inkSoft, 1, 0.4), edge('plan-group-edge', 'groups', colours.ink, 3, 1.2), edge('plan-community-edge', 'communities', colours.ink, 6, 2.2),
    { id: 'plan-community-gap', type: 'line', ...from('communities'), layout: { 'line-join': 'round' }, paint: { 'line-color': colours.paper, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.7, 17, 2] } },
  ]
}

function inHand(colours: Palette): LayerSpecification[] {
  return [
    { id: 'plan-chosen-fill', type: 'fill', source: CHOSEN, paint: { 'fill-color': colours.accent, 'fill-opacity': 0.18 } },
    { id: 'plan-chosen-case', type: 'line', source: CHOSEN, layout: { 'line-join': 'round' }, paint: { 'line-color': colours.paper, 'line-width': 7 } },
    { id: 'plan-chosen-edge', type: 'line', source: CHOSEN, layout: { 'line-join': 'round' }, paint: { 'line-color': colours.accent, 'line-width': 4 } },
  ]
}

function labels(colours: Palette): LayerSpecification[] {
  const scale = colours.base / 14
  const name = (id: string, layer: string, field: string, size: number, minzoom: number, maxzoom: number, colour: string): LayerSpecification => ({
    id, type: 'symbol', ...from(layer), minzoom, maxzoom,
    layout: { 'text-field': ['coalesce', ['get', field], ['get', 'code'], ''], 'text-font': fonts(colours.font), 'text-size': size * scale, 'text-padding': 4, 'text-max-width': 8 },
    paint: { 'text-color': colour, 'text-halo-color': colours.halo, 'text-halo-width': 1.8 },
  })
  return [
    name('plan-unit-name', 'unit_labels', 'short', 12, 16, 24, colours.label),
    name('plan-group-name', 'group_labels', 'name', 13, 14.5, 16, colours.label),
    name('plan-community-name', 'community_labels', 'name', 14, 10, 14.5, colours.ink),
  ]
}

function drawn(colours: Palette): LayerSpecification[] {
  const points = (radius: number, colour: string, filter: unknown): LayerSpecification => ({
    id: `plan-drawn-${radius}`, type: 'circle', source: DRAWN, filter: filter as never,
    paint: { 'circle-radius': radius, 'circle-color': colour, 'circle-stroke-color': colours.late, 'circle-stroke-width': 2.5 },
  })
  return [
    { id: 'plan-drawn-case', type: 'line', source: DRAWN, filter: ['==', ['geometry-type'], 'LineString'], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': colours.paper, 'line-width': 6 } },
    { id: 'plan-drawn-line', type: 'line', source: DRAWN, filter: ['==', ['geometry-type'], 'LineString'], layout: { 'line-join': 'round' }, paint: { 'line-color': colours.late, 'line-width': 3, 'line-dasharray': [2, 1] } },
    points(5, colours.paper, ['all', ['==', ['geometry-type'], 'Point'], ['==', ['get', 'how'], '']]),
    points(7, colours.late, ['all', ['==', ['geometry-type'], 'Point'], ['==', ['get', 'how'], 'held']]),
    points(9, 'rgba(0,0,0,0)', ['all', ['==', ['geometry-type'], 'Point'], ['==', ['get', 'how'], 'snap']]),
  ]
}

/** Another state of the plan: what stands stays on the screen until the new tiles come. */
export const setTiles = (map: Engine, tiles: Tiles): void => { map.getSource<VectorTileSource>(PLAN)?.setTiles([location.origin + tiles.tiles]) }

export const setChosen = (map: Engine, shapes: readonly Shape[]): void => { map.getSource<GeoJSONSource>(CHOSEN)?.setData({ type: 'FeatureCollection', features: [...shapes] } as never) }

/** The line so far, the stretch to where the pointer is, and which point is in hand. */
export function setDrawn(map: Engine, line: readonly Point[], held: number, pointer: Point | null, snapped: boolean): void {
  const point = (coordinates: Point, how: string) => ({ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { how } })
  const whole = pointer && line.length ? [...line, pointer] : line
  const features = [
    ...(whole.length > 1 ? [{ type: 'Feature', geometry: { type: 'LineString', coordinates: whole }, properties: {} }] : []),
    ...line.map((one, place) => point(one, place === held ? 'held' : '')), ...(pointer && snapped ? [point(pointer, 'snap')] : []),
  ]
  map.getSource<GeoJSONSource>(DRAWN)?.setData({ type: 'FeatureCollection', features } as never)
}

/** The borders of another version above this one; null takes them away. */
export function setOld(map: Engine, colours: Palette, tiles: Tiles | null, opacity: number): void {
  const kinds: [string, string, number][] = [['old-units', 'units', 2], ['old-groups', 'groups', 3.4]]
  for (const [id] of kinds) if (map.getLayer(id)) map.removeLayer(id)
  if (map.getSource(OLD)) map.removeSource(OLD)
  if (!tiles) return
  map.addSource(OLD, vector(tiles))
  for (const [id, layer, width] of kinds) {
    map.addLayer({ id, type: 'line', source: OLD, 'source-layer': layer, layout: { 'line-join': 'round' }, paint: { 'line-color': colours.late, 'line-width': ['interpolate', ['linear'], ['zoom'], 13, width / 3, 17, width], 'line-dasharray': [3, 1.5], 'line-opacity': opacity } }, 'plan-chosen-fill')
  }
}
export const fadeOld = (map: Engine, opacity: number): void => {
  for (const id of ['old-units', 'old-groups']) if (map.getLayer(id)) map.setPaintProperty(id, 'line-opacity', opacity)
}

/** Too small: thin lines rising; too large: lines crossing. Told apart without colour. */
function hatch(colour: string, how: 'small' | 'large'): ImageData {
  const side = 10 * SHARP
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = side
  const pen = canvas.getContext('2d')!
  pen.strokeStyle = colour
  pen.globalAlpha = 0.75
  pen.lineWidth = SHARP
  for (const [one, other] of how === 'small' ? [[0, 0]] : [[0, 0], [1, 1]]) {
    for (const shift of [-side, 0, side]) {
      pen.beginPath()
      pen.moveTo(shift, other ? 0 : side)
      pen.lineTo(shift + side, one ? side : 0)
      pen.stroke()
    }
  }
  return pen.getImageData(0, 0, side, side)
}
