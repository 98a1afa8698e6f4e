/** Parts of the register on the map, from tiles of their own; hidden until asked for. */
import type { ExpressionSpecification, Map as Engine, MapMouseEvent } from 'maplibre-gl'
import type { Palette } from '@/desk/map/base/palette'
import { fonts } from '@/desk/map/base/style'

const SOURCE = 'parts'
const LAYERS = ['part-surfaces', 'part-lines', 'part-points', 'part-names']
/** The zooms that have tiles; nearer ones are drawn from the last. */
const [FIRST, LAST] = [15, 16]
const MISS = 5 // pixels that a finger may miss by

/** Puts them under whatever is added after. */
export function addParts(map: Engine, colours: Palette, origin: string, shown: boolean): void {
  const scale = colours.base / 14
  const colour: ExpressionSpecification = ['match', ['get', 'state'], 'damaged', colours.soon, 'lost', colours.late, colours.held]
  const shape = (kind: string): ExpressionSpecification => ['==', ['geometry-type'], kind]
  const layout = { visibility: shown ? 'visible' as const : 'none' as const }
  const from = { source: SOURCE, 'source-layer': 'parts', minzoom: FIRST }
  map.addSource(SOURCE, { type: 'vector', tiles: [`${origin}/api/parts/tiles/{z}/{x}/{y}.mvt`], minzoom: FIRST, maxzoom: LAST })
  map.addLayer({ id: LAYERS[0]!, type: 'fill', ...from, filter: shape('Polygon'), layout, paint: { 'fill-color': colour, 'fill-opacity': 0.25, 'fill-outline-color': colour } })
  map.addLayer({ id: LAYERS[1]!, type: 'line', ...from, filter: shape('LineString'), layout: { ...layout, 'line-cap': 'round' }, paint: { 'line-color': colour, 'line-width': 3 * scale } })
  // What is lost is a ring, what is damaged larger: the state is not told by colour alone.
  map.addLayer({
    id: LAYERS[2]!, type: 'circle', ...from, filter: shape('Point'), layout,
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 15, ['match', ['get', 'state'], 'intact', 2.2, 4], 18, ['match', ['get', 'state'], 'intact', 5 * scale, 7 * scale]],
      'circle-color': ['match', ['get', 'state'], 'lost', colours.paper, colour], 'circle-stroke-color': ['match', ['get', 'state'], 'lost', colours.late, colours.paper], 'circle-stroke-width': ['match', ['get', 'state'], 'lost', 2.5, 1],
    },
  })
  map.addLayer({
    id: LAYERS[3]!, type: 'symbol', ...from, minzoom: 18,
    layout: { ...layout, 'text-field': ['concat', ['get', 'name'], ['match', ['get', 'state'], 'damaged', '（破损）', 'lost', '（丢失）', '']], 'text-font': fonts(colours.font), 'text-size': 11 * scale, 'text-anchor': 'top', 'text-offset': [0, 0.7], 'text-padding': 4 },
    paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.5 },
  })
}

export function showParts(map: Engine, shown: boolean): void {
  for (const layer of LAYERS) if (map.getLayer(layer)) map.setLayoutProperty(layer, 'visibility', shown ? 'visible' : 'none')
}

/** The id of the part that was pressed, '' where there is none. */
export function partAt(map: Engine, event: MapMouseEvent): string {
  const layers = LAYERS.filter((layer) => map.getLayer(layer))
  const { x, y } = event.point
  const found = layers.length ? map.queryRenderedFeatures([[x - MISS, y - MISS], [x + MISS, y + MISS]], { layers })[0] : undefined
  return String(found?.properties?.id ?? '')
}
