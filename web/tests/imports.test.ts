import { describe, expect, it } from 'vitest'
import { asked, formOf, KINDS, missing } from '@/desk/settings/imports/kinds'
import { baseOf, beginning, firstOf, offered, OTHER, picture, roundKm, sentOf, startOf, undecided, usual, type Candidate, type Field, type LookedLayer } from '@/desk/settings/imports/looking'

const field = (name: string): Field => ({ name, kind: 'text', samples: [], filled: 1 })
const candidate = (crs: string, box: Candidate['box'], inside: number | null = 1, km = 0): Candidate => ({ crs, title: crs, box, meets: inside !== 0, in_china: true, inside, km })
const layer = (more: Partial<LookedLayer> = {}): LookedLayer => ({
  name: '建筑', count: 3, read: 3, kinds: [{ kind: 'Polygon', title: '面', count: 3 }], fields: [field('名称'), field('总户数'), field('BM')], encoding: null, remarks: [], unreadable: null,
  crs: { asked: 'one', text: '', written: '', title: '', proposed: 'EPSG:4547', exchanged: false, candidates: [candidate('EPSG:4547', [113.9, 22.5, 113.95, 22.55])] }, ...more,
})
const written = layer({ crs: { ...layer().crs!, asked: 'written', written: 'EPSG:4526', proposed: 'EPSG:4526' } })
const askedFor = layer({ crs: { ...layer().crs!, asked: 'degrees', proposed: '' } })

describe('what a look into a file begins the form with', () => {
  it('knows fields by what they are usually called', () => {
    expect([usual('name', layer().fields), usual('households', layer().fields), usual('code', layer().fields), usual('kind', layer().fields)]).toEqual(['名称', '总户数', 'BM', ''])
    expect(beginning(layer(), ['name', 'kind', 'households'])).toEqual({ name: '名称', kind: '', households: '总户数' })
    expect(usual('households', [field('备注户数说明')])).toBe('')
  })

  it('guesses the layer by its name, then by the name of the file, then by its shapes', () => {
    const lines = [{ kind: 'MultiLineString', title: '多条线', count: 1 }]
    expect(baseOf(['道路中心线', 'a.zip'], layer())).toBe('streets')
    expect(baseOf(['Layer1', '水系.zip'], layer())).toBe('water')
    expect(baseOf(['公园绿地'], layer())).toBe('green')
    expect(baseOf(['a', 'b.gpkg'], layer({ kinds: lines }))).toBe('streets')
    expect(baseOf(['a', 'b.gpkg'], layer())).toBe('buildings')
  })

  it('takes the first layer that can be read and holds something', () => {
    const broken = layer({ name: 'x', count: 0, unreadable: { code: 'c', text: 't' } })
    const empty = layer({ name: 'y', count: 0 })
    expect(firstOf({ kind: 'gpkg', district: null, more: 0, layers: [broken, empty, layer()] })?.name).toBe('建筑')
    expect(firstOf({ kind: 'gpkg', district: null, more: 0, layers: [broken, empty] })?.name).toBe('x')
    expect(firstOf({ kind: 'gpkg', district: null, more: 0, layers: [] })).toBeNull()
  })
})

describe('the coordinate system', () => {
  it('begins with what is proposed and with nothing where one must choose', () => {
    expect([startOf(layer()), startOf(written), startOf(askedFor), startOf(layer({ crs: null }))]).toEqual(['EPSG:4547', 'EPSG:4526', '', ''])
    expect([undecided(layer(), 'EPSG:4547', ''), undecided(askedFor, '', ''), undecided(askedFor, OTHER, ' '), undecided(askedFor, OTHER, 'EPSG:4490'), undecided(layer({ crs: null }), '', '')]).toEqual([false, true, true, false, false])
  })

  it('is sent only where the file does not say it itself', () => {
    expect([sentOf(layer(), 'EPSG:4547', ''), sentOf(written, 'EPSG:4526', ''), sentOf(written, 'GCJ-02', ''), sentOf(written, OTHER, ' EPSG:2383 ')]).toEqual(['EPSG:4547', '', 'GCJ-02', 'EPSG:2383'])
  })

  it('offers those that fit and what is chosen, the nearest few where none fits', () => {
    const box: Candidate['box'] = [0, 0, 1, 1]
    const off = ['b', 'c', 'd', 'e', 'f'].map((crs) => candidate(crs, box, 0, 300))
    expect(offered([candidate('a', box), ...off], 'a').map((each) => each.crs)).toEqual(['a'])
    expect(offered([candidate('a', box), ...off], 'd').map((each) => each.crs)).toEqual(['a', 'd'])
    expect(offered(off, '').map((each) => each.crs)).toEqual(['b', 'c', 'd', 'e'])
  })

  it('says kilometres as people do', () => {
    expect([roundKm(0.62), roundKm(9.96), roundKm(301.4), roundKm(2238)]).toEqual(['0.6', '10.0', '301', '2,238'])
  })
})

describe('the picture of where a layer would lie', () => {
  const district: Candidate['box'] = [113.9, 22.45, 114.0, 22.6]
  const near = candidate('EPSG:4547', [113.91, 22.5, 113.95, 22.55])
  const far = candidate('EPSG:4548', [116.91, 22.5, 116.95, 22.55], 0, 301)

  it('draws the chosen one last, north up, and leaves out what lies beyond', () => {
    const drawn = picture([near, far], district, 'EPSG:4547', 300, 220)!
    expect(drawn.boxes.map((each) => [each.crs, each.chosen])).toEqual([['EPSG:4547', true]])
    const [box, around] = [drawn.boxes[0]!.frame, drawn.district!]
    expect(box.x > around.x && box.y > around.y && box.x + box.width < around.x + around.width && box.y + box.height < around.y + around.height).toBe(true)
    expect(around.height > around.width).toBe(true)
  })

  it('shows a district and a layer hundreds of kilometres apart, both large enough to be seen', () => {
    const drawn = picture([near, far], district, 'EPSG:4548', 300, 220)!
    const chosen = drawn.boxes.at(-1)!
    expect([chosen.crs, chosen.chosen]).toEqual(['EPSG:4548', true])
    for (const frame of [chosen.frame, drawn.district!]) {
      expect(frame.width >= 7 && frame.height >= 7).toBe(true)
      expect(frame.x >= 0 && frame.y >= 0 && frame.x + frame.width <= 300 && frame.y + frame.height <= 220).toBe(true)
    }
    expect(drawn.bar.km).toBe(100)
    expect(drawn.bar.width <= 100).toBe(true)
  })

  it('marks none where none is chosen, and shows all that fit', () => {
    const other = candidate('GCJ-02', [113.92, 22.51, 113.96, 22.56])
    const drawn = picture([near, other, far], district, '', 300, 220)!
    expect(drawn.boxes.map((each) => [each.crs, each.chosen])).toEqual([['EPSG:4547', false], ['GCJ-02', false]])
  })

  it('holds a single place, a whole country, and nothing at all', () => {
    expect(picture([], district, '', 300, 220)).toBeNull()
    for (const box of [[113.9, 22.5, 113.9, 22.5], [73, 3, 135, 54]] as Candidate['box'][]) {
      const drawn = picture([candidate('a', box, null)], null, 'a', 300, 220)!
      expect(drawn.district).toBeNull()
      for (const value of Object.values(drawn.boxes[0]!.frame)) expect(Number.isFinite(value)).toBe(true)
    }
  })
})

describe('what is asked of a layer of the base map', () => {
  const kind = KINDS.find((each) => each.kind === 'layer')!
  it('asks for households of buildings alone', () => {
    expect(asked(kind, { layer: 'buildings' }).map((option) => option.field)).toContain('households')
    expect(asked(kind, { layer: 'streets' }).map((option) => option.field)).toEqual(['layer', 'name', 'kind'])
    expect(missing(kind, { layer: '' })).toEqual(['option_base'])
  })

  it('sends a look without a word about writing', () => {
    expect([...formOf(new Blob(['{}']), 'a.geojson', { encoding: '' }, null).keys()]).toEqual(['file'])
  })
})
