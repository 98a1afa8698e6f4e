/** Cases as marks on the map: shapes of their state, piles with their count and a ring of the late share. */
import type { ExpressionSpecification, GeoJSONSource, Map as Engine } from 'maplibre-gl'
import type { Palette } from '@/desk/map/base/palette'
import { fonts } from '@/desk/map/base/style'
import { EIGHTHS, type Feature } from '@/desk/map/marks/points'
import { drawShape, STANDINGS } from '@/desk/map/marks/shapes'

export const MARKS = 'case-marks'
export const PILES = 'case-piles'
const CASES = 'cases'
const CHOSEN = 'chosen-case'
const SHARP = 2 // pictures are drawn twice as large, for screens that show it
const SIZES = [30, 38, 48] as const
const collection = (features: Feature[]) => ({ type: 'FeatureCollection' as const, features })

/** Puts the marks on a map that has just been given its look. */
export function addMarks(map: Engine, colours: Palette, features: Feature[], chosen: Feature[]): void {
  const scale = colours.base / 14
  for (const how of STANDINGS) map.addImage(`mark-${how}`, picture(22 * scale, (pen, side) => drawShape(pen, how, colours, side * 0.7)), { pixelRatio: SHARP })
  SIZES.forEach((size, place) => {
    for (let share = 0; share <= EIGHTHS; share++) map.addImage(`pile-${place}-${share}`, picture(size * scale, (pen, side) => drawPile(pen, share, colours, side)), { pixelRatio: SHARP })
  })
  map.addSource(CASES, {
    type: 'geojson', data: collection(features), cluster: true, clusterRadius: 34 * scale, clusterMaxZoom: 17,
    clusterProperties: { count: ['+', ['get', 'count']], late: ['+', ['get', 'late']] },
  })
  map.addSource(CHOSEN, { type: 'geojson', data: collection(chosen) })
  map.addLayer({ id: CHOSEN, type: 'circle', source: CHOSEN, paint: { 'circle-radius': 15 * scale, 'circle-color': colours.accentWash, 'circle-stroke-color': colours.accent, 'circle-stroke-width': 2.5 } })
  map.addLayer({
    id: MARKS, type: 'symbol', source: CASES, filter: ['==', ['get', 'count'], 1],
    layout: { 'icon-image': ['concat', 'mark-', ['get', 'how']], 'icon-allow-overlap': true, 'icon-ignore-placement': true },
  })
  const size: ExpressionSpecification = ['step', ['get', 'count'], '0', 20, '1', 200, '2']
  const share: ExpressionSpecification = ['case', ['==', ['get', 'late'], 0], 0, ['>=', ['get', 'late'], ['get', 'count']], EIGHTHS,
    ['min', EIGHTHS - 1, ['max', 1, ['round', ['*', EIGHTHS, ['/', ['get', 'late'], ['get', 'count']]]]]]]
  map.addLayer({
    id: PILES, type: 'symbol', source: CASES, filter: ['>', ['get', 'count'], 1],
    layout: {
      'icon-image': ['concat', 'pile-', size, '-', ['to-string', share]], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
      'text-field': ['number-format', ['get', 'count'], { locale: 'zh-CN' }], 'text-font': fonts(colours.font), 'text-size': 12 * scale, 'text-allow-overlap': true, 'text-ignore-placement': true,
    },
    paint: { 'text-color': colours.ink },
  })
}

export const setCases = (map: Engine, features: Feature[]) => map.getSource<GeoJSONSource>(CASES)?.setData(collection(features))
export const setChosen = (map: Engine, features: Feature[]) => map.getSource<GeoJSONSource>(CHOSEN)?.setData(collection(features))

/** How near one has to come until a pile falls apart. */
export const nearnessFor = async (map: Engine, pile: number): Promise<number> => (await map.getSource<GeoJSONSource>(CASES)?.getClusterExpansionZoom(pile)) ?? map.getZoom() + 2

/** The cases of a pile, those of one spot too. */
export async function within(map: Engine, pile: number, count: number): Promise<string[]> {
  const leaves = (await map.getSource<GeoJSONSource>(CASES)?.getClusterLeaves(pile, count, 0)) ?? []
  return leaves.map((leaf) => String(leaf.properties?.id ?? '')).filter(Boolean)
}

/** A disc of paper; its ring is grey, and red clockwise from the top for the share that is late. */
function drawPile(pen: CanvasRenderingContext2D, share: number, colours: Palette, side: number): void {
  const ring = Math.max(3, side * 0.1)
  const radius = side / 2 - ring / 2 - 1
  pen.beginPath()
  pen.arc(0, 0, radius, 0, 2 * Math.PI)
  pen.fillStyle = colours.paper
  pen.fill()
  pen.lineWidth = ring
  pen.strokeStyle = colours.border
  pen.stroke()
  if (!share) return
  pen.beginPath()
  pen.arc(0, 0, radius, -Math.PI / 2, -Math.PI / 2 + share / EIGHTHS * 2 * Math.PI)
  pen.strokeStyle = colours.late
  pen.lineWidth = ring + 1
  pen.stroke()
}

function picture(side: number, draw: (pen: CanvasRenderingContext2D, side: number) => void): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.ceil(side * SHARP)
  const pen = canvas.getContext('2d')!
  pen.translate(canvas.width / 2, canvas.height / 2)
  pen.scale(SHARP, SHARP)
  draw(pen, side)
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}
