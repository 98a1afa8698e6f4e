/** The look of the map, made from the tokens: quiet greys, the work on top. Pure. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Ground } from '@/desk/map/base/ground'
import type { Palette } from '@/desk/map/base/palette'
import { borderWidth, metres, streetWidth } from '@/desk/map/base/widths'

export const SOURCE = 'ground'
/** Layers of cases are put above this one. */
export const CHOSEN_AREA = 'chosen-area'

const KINDS = ['高速公路', '高速', 'motorway', '快速路', 'trunk', '主干路', '主干道', 'primary', '桥', '次干路', '次干道', 'secondary', '支路', '街道', 'tertiary', '巷', '街巷', '村道', '里弄', '胡同', 'residential', '小区路', 'footway', 'path']
const STOPS = [10, 12, 14, 16, 18, 20]

/** `origin`: of this page; the engine's second thread knows no relative addresses. */
export function baseStyle(told: Ground, colours: Palette, origin: string): StyleSpecification {
  return {
    version: 8,
    // No "glyphs": every sign is drawn from the fonts of this computer, and nothing is asked of a server of fonts.
    sources: { [SOURCE]: { type: 'vector', tiles: [origin + told.tiles], minzoom: told.minzoom, maxzoom: told.maxzoom, ...(told.bounds ? { bounds: told.bounds } : {}) } },
    layers: [
      { id: 'land', type: 'background', paint: { 'background-color': colours.land } },
      surface('green', colours.green), surface('water', colours.water),
      streets('street-edge', colours.streetEdge, 1.6),
      { ...surface('buildings', colours.building), paint: { 'fill-color': colours.building, 'fill-outline-color': colours.buildingEdge } } as LayerSpecification,
      streets('street', colours.street, 0),
      { id: CHOSEN_AREA, type: 'fill', ...from('areas'), filter: ['==', ['get', 'id'], -1], paint: { 'fill-color': colours.accent, 'fill-opacity': 0.14 } },
      ...[7, 6, 5, 4, 3].map((level) => border(level, colours)),
      { id: 'chosen-edge', type: 'line', ...from('areas'), filter: ['==', ['get', 'id'], -1], paint: { 'line-color': colours.accent, 'line-width': 2.4 } },
      ...names(colours),
    ],
  }
}

const from = (layer: string) => ({ source: SOURCE, 'source-layer': layer })

const surface = (layer: string, colour: string): LayerSpecification =>
  ({ id: layer, type: 'fill', ...from(layer), paint: { 'fill-color': colour } })

function streets(id: string, colour: string, edge: number): LayerSpecification {
  return {
    id, type: 'line', ...from('streets'), layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': ['interpolate', ['linear'], ['zoom'], ...STOPS.flatMap((zoom) => [zoom, byKind(zoom, edge)])] as ExpressionSpecification },
  }
}

const byKind = (zoom: number, edge: number): unknown =>
  ['match', ['coalesce', ['get', 'kind'], ''], ...KINDS.flatMap((kind) => [kind, streetWidth(kind, zoom) + edge]), streetWidth('', zoom) + edge]

function border(level: number, colours: Palette): LayerSpecification {
  return {
    id: `border-${level}`, type: 'line', ...from('areas'), filter: level === 3 ? ['<=', ['get', 'level'], 3] : ['==', ['get', 'level'], level],
    minzoom: [0, 0, 0, 0, 0, 12, 13.8, 15.5][level]!,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': colours.border, 'line-width': borderWidth(level, 20), ...(level >= 6 ? { 'line-dasharray': [5, 3] } : {}) },
  }
}

/** Those written later are placed first: where two meet, the area stays and the building gives way. */
function names(colours: Palette): LayerSpecification[] {
  const size = (of: number) => of * colours.base / 14
  const look = (colour: string) => ({ 'text-color': colour, 'text-halo-color': colours.halo, 'text-halo-width': 1.6 })
  const font = { 'text-font': fonts(colours.font), 'text-max-width': 8 }
  const area = (level: number, minzoom: number, maxzoom: number, points: number, colour: string, text: unknown = ['get', 'name']): LayerSpecification => ({
    id: `area-name-${level}`, type: 'symbol', ...from('area_labels'), minzoom, maxzoom, filter: ['==', ['get', 'level'], level],
    layout: { ...font, 'text-field': text as ExpressionSpecification, 'text-size': size(points), 'text-padding': 8, 'text-letter-spacing': level <= 4 ? 0.1 : 0 },
    paint: look(colour),
  })
  // A unit grid is mostly called by its code: fifteen digits say no more on a map than the last three.
  const short = ['case', ['==', ['get', 'name'], ['get', 'code']], ['slice', ['get', 'code'], -3], ['get', 'name']]
  return [
    {
      id: 'building-name', type: 'symbol', ...from('buildings'), minzoom: 17, layout: { ...font, 'text-field': ['get', 'name'], 'text-size': size(11), 'text-padding': 6 },
      paint: look(colours.labelSoft),
    },
    area(7, 16, 24, 11, colours.labelSoft, short),
    ...[0, 10, 18].map((above, place): LayerSpecification => ({
      id: `street-name-${above}`, type: 'symbol', ...from('streets'), minzoom: [15.5, 14.5, 13][place]!,
      filter: ['all', ['has', 'name'], ['in', ['coalesce', ['get', 'kind'], ''], ['literal', ['', ...KINDS].filter((kind) => metres(kind) >= above && metres(kind) < [10, 18, 99][place]!)]]],
      layout: { ...font, 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-size': size(place ? 12 : 11), 'symbol-spacing': 320, 'text-padding': 4, 'text-max-angle': 30 },
      paint: look(colours.labelSoft),
    })),
    { id: 'water-name', type: 'symbol', ...from('water'), minzoom: 13.5, layout: { ...font, 'text-field': ['get', 'name'], 'text-size': size(12), 'text-padding': 20 }, paint: look(colours.labelSoft) },
    area(6, 14.8, 24, 12, colours.label), area(5, 12, 16.5, 13, colours.label), area(4, 9, 13.6, 14, colours.label), area(3, 5, 10.5, 16, colours.label),
  ]
}

/** The token as the engine wants it: one name each, without quotes. */
export const fonts = (token: string): string[] => token.split(',').map((name) => name.trim().replace(/^["']|["']$/g, '')).filter(Boolean)
