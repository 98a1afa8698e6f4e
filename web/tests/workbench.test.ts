import { describe, expect, it } from 'vitest'
import { ahead, bodyOf, fresh, sizedAs, standingOf, underWay, wrong } from '@/desk/ground/workbench/asking'
import { passed, passedWhole, percent } from '@/desk/ground/workbench/changes'
import { able, after, joined, MOST, pressed, short, sums, toggled } from '@/desk/ground/workbench/chosen'
import type { Change, CommunityRow, Done, Finding, GroupRow, Point, Shape, UnitRow } from '@/desk/ground/workbench/contract'
import { across, added, drawable, inserted, moved, ringsOf, sharedBorder, snap, typedPoint, without, withoutLast } from '@/desk/ground/workbench/drawing'
import { counted, reasons, sifted, tableOf } from '@/desk/ground/workbench/findings'
import { figures, meant, ordered, worth } from '@/desk/ground/workbench/listing'
import { reported } from '@/desk/ground/workbench/reported'
import { between, rowsOf, walk, type Held, type Tree } from '@/desk/ground/workbench/tree'

const unit = (id: number, more: Partial<UnitRow> = {}): UnitRow =>
  ({ id, code: `990101001001${String(id).padStart(3, '0')}`, name: '', area_m2: 10_000, households: null, buildings: 2, cut: 0, odd: 0, note: '', group_id: 7, group_code: '', box: null, ...more })
const square = (id: number, west: number, south: number, east: number, north: number): Shape =>
  ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] }, properties: { id, code: String(id) } })
const ids = (units: readonly UnitRow[]) => units.map((one) => one.id)

describe('a press near what is drawn', () => {
  const ring = [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 100 }]
  it.each([
    ['a vertex draws it', { x: 106, y: 6 }, { x: 100, y: 0, how: 'vertex' }],
    ['a border draws it where no vertex is near', { x: 50, y: 7 }, { x: 50, y: 0, how: 'border' }],
    ['a vertex comes before a border that is nearer', { x: 93, y: 2 }, { x: 100, y: 0, how: 'vertex' }],
    ['the end of a border is no further than its vertex', { x: -4, y: 3 }, { x: 0, y: 0, how: 'vertex' }],
    ['far from all it stays where it is', { x: 50, y: 11 }, { x: 50, y: 11, how: '' }],
    ['exactly ten pixels is near', { x: 50, y: -10 }, { x: 50, y: 0, how: 'border' }],
  ])('%s', (_, at, comes) => expect(snap(at, [ring])).toEqual(comes))
  it('stays without anything drawn, and bears a stretch without length', () => {
    expect(snap({ x: 1, y: 2 }, [])).toEqual({ x: 1, y: 2, how: '' })
    expect(snap({ x: 3, y: 40 }, [[{ x: 0, y: 40 }, { x: 0, y: 40 }]]).how).toBe('vertex')
  })
})

describe('a line being drawn', () => {
  const away = (one: Point, other: Point) => Math.hypot(one[0] - other[0], one[1] - other[1])
  it('takes points one by one, not the second press of a double click', () => {
    expect(added(added([], [0, 0], away), [50, 0], away)).toEqual([[0, 0], [50, 0]])
    expect(added([[0, 0], [50, 0]], [51, 1], away)).toEqual([[0, 0], [50, 0]])
  })
  it('gives the last one back, or one by number, and puts one between', () => {
    const line: Point[] = [[0, 0], [2, 0], [4, 0]]
    expect(withoutLast(line)).toEqual([[0, 0], [2, 0]])
    expect(withoutLast([])).toEqual([])
    expect(without(line, 1)).toEqual([[0, 0], [4, 0]])
    expect(inserted(line, 0)).toEqual([[0, 0], [1, 0], [2, 0], [4, 0]])
    expect(inserted(line, 2)).toEqual([[0, 0], [2, 0], [4, 0], [6, 0]])
    expect(inserted([], 0)).toEqual([])
  })
  it('moves a point by a metre, by ten with Shift, in its own latitude', () => {
    const [lon, lat] = moved([102, 40], 'ArrowRight', false)!
    expect([(lon - 102) * 111_320 * Math.cos(40 * Math.PI / 180), lat]).toEqual([expect.closeTo(1, 1), 40])
    expect((moved([102, 40], 'ArrowUp', true)![1] - 40) * 111_320).toBeCloseTo(10, 1)
    expect(moved([102, 40], 'x', false)).toBeNull()
  })
  it.each([
    ['102.00127, 40.50233', [102.00127, 40.50233]], ['102.00127，40.50233', [102.00127, 40.50233]], [' 102 40 ', [102, 40]], ['-73.5;45.5', [-73.5, 45.5]],
    ['102', null], ['200, 40', null], ['102, 91', null], ['一百, 四十', null], ['', null],
  ])('reads “%s” as typed', (text, point) => expect(typedPoint(text)).toEqual(point))
  it('can be sent with two places that differ', () => {
    expect([[], [[1, 1]], [[1, 1], [1, 1]], [[1, 1], [1, 2]]].map((line) => drawable(line as Point[]))).toEqual([false, false, false, true])
  })
  it('begins across a box and beyond its sides', () => {
    expect(across([0, 0, 10, 20], 'across')).toEqual([[-1, 10], [11, 10]])
    expect(across([0, 0, 10, 20], 'down')).toEqual([[5, 22], [5, -2]])
  })
  it('begins with the border two units share, whichever point their rings begin at', () => {
    const [one, other] = [square(1, 0, 0, 1, 1), square(2, 1, 0, 2, 1)]
    expect(sharedBorder(one, other)).toEqual([[1, 0], [1, 1]])
    const turned = { ...one, geometry: { ...one.geometry, coordinates: [[[1, 1], [0, 1], [0, 0], [1, 0], [1, 1]]] } } as Shape
    expect(sharedBorder(turned, other)).toEqual([[1, 0], [1, 1]])
    expect(sharedBorder(one, square(3, 5, 5, 6, 6))).toEqual([])
    expect(sharedBorder(one, square(4, 1, 1, 2, 2))).toEqual([])
  })
  it('finds the rings of one polygon and of several', () => {
    const several = { ...square(1, 0, 0, 1, 1), geometry: { type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [0, 0]]], [[[5, 5], [6, 5], [5, 5]]]] } } as Shape
    expect(ringsOf([square(1, 0, 0, 1, 1), several])).toHaveLength(3)
  })
})

describe('the units in hand', () => {
  it('are the one pressed; with Ctrl one more or less', () => {
    expect(ids(pressed([unit(1), unit(2)], unit(3), false))).toEqual([3])
    expect(ids(pressed([unit(1)], unit(1), false))).toEqual([])
    expect(ids(pressed([unit(1), unit(2)], unit(1), false))).toEqual([1])
    expect(ids(pressed([unit(1)], unit(2), true))).toEqual([1, 2])
    expect(ids(pressed([unit(1), unit(2)], unit(1), true))).toEqual([2])
  })
  it('are joined once each, never more than can be drawn', () => {
    expect(ids(joined([unit(1)], [unit(1), unit(2)]))).toEqual([1, 2])
    expect(joined([], Array.from({ length: 500 }, (_, place) => unit(place)))).toHaveLength(MOST)
  })
  it('come and leave a grid at a time', () => {
    expect(ids(toggled([unit(1)], [unit(1), unit(2)]))).toEqual([1, 2])
    expect(ids(toggled([unit(1), unit(2), unit(3)], [unit(1), unit(2)]))).toEqual([3])
  })
  it.each([['split', [1]], ['merge', [2, 3]], ['border', [2]], ['move', [1, 2, 3]], ['note', [1]]] as const)('%s wants its number of them', (deed, counts) => {
    expect([0, 1, 2, 3].filter((count) => able(count, deed))).toEqual(counts)
  })
  it('are what a deed made or brought back, else what is still there', () => {
    const done = (more: Partial<Done>): Done => ({ edit: 2, version: 'b', verb: 'split', said: '', box: null, units: [], gone: [], groups: [], warnings: [], undo: null, redo: null, ...more })
    expect(ids(after([unit(1)], done({ units: [unit(1), unit(9)] })))).toEqual([1, 9])
    expect(ids(after([unit(1), unit(2)], done({ verb: 'merge', units: [unit(1)], gone: [2] })))).toEqual([1])
    expect(ids(after([unit(5)], done({ verb: 'undo', units: [unit(1), unit(2)], gone: [5] })))).toEqual([1, 2])
    expect(ids(after([unit(1), unit(9)], done({ verb: 'redo', gone: [9] })))).toEqual([1])
    expect(after([unit(1)], done({ verb: 'undo', units: [unit(1, { area_m2: 5 })] }))[0]!.area_m2).toBe(5)
    expect(ids(after([unit(9)], done({ verb: 'undo', units: [unit(4)], gone: [9] })))).toEqual([4])
  })
  it('come to a sum, and are called by their last three digits', () => {
    expect(sums([unit(1), unit(2, { households: 30 })])).toEqual({ area: 20_000, households: 30, buildings: 4 })
    expect([short('990101001001003'), short('A-03')]).toEqual(['…003', 'A-03'])
  })
})

const community = (id: number, more: Partial<CommunityRow> = {}): CommunityRow => ({ id, code: `99010100100${id}`, name: `社区${id}`, units: 4, odd: 0, groups: 1, groups_odd: 0, ungrouped: 0, imbalance: 1.1, cut: 0, box: null, ...more })
const group = (id: number): GroupRow => ({ id, code: `G${id}`, name: '', units: 2, area_m2: 1, households: null, odd: 0, box: null })
const held = <T>(items: T[], more: Partial<Held<T>> = {}): Held<T> => ({ items, next: null, waiting: false, failed: '', ...more })
const tree = (open: string[], more: Partial<Tree> = {}): Tree => ({
  communities: [community(1), community(2)], open: new Set(open), groups: new Map([[1, held([group(5), group(6)])]]),
  units: new Map([['g5', held([unit(10), unit(11)], { next: 'x' })], ]), ...more,
})
const keys = (of: Tree) => rowsOf(of).map((row) => row.key)

describe('the tree', () => {
  it('shows what is open and nothing below what is closed', () => {
    expect(keys(tree([]))).toEqual(['c1', 'c2'])
    expect(keys(tree(['c1']))).toEqual(['c1', 'g5', 'g6', 'c2'])
    expect(keys(tree(['c1', 'g5']))).toEqual(['c1', 'g5', 'u10', 'u11', 'g5-more', 'g6', 'c2'])
    expect(keys(tree(['g5']))).toEqual(['c1', 'c2'])
  })
  it('shows units without a grid where there are any, and says where there is nothing', () => {
    const loose = { communities: [community(1, { ungrouped: 1 }), community(2)], units: new Map([['l1', held([unit(20)])]]) }
    expect(keys(tree(['c1', 'l1'], loose))).toEqual(['c1', 'g5', 'g6', 'l1', 'u20', 'c2'])
    expect(keys(tree(['c1'], { groups: new Map([[1, held<GroupRow>([])]]) }))).toEqual(['c1', 'c1-none', 'c2'])
    expect(keys(tree(['c1'], { groups: new Map([[1, held<GroupRow>([], { waiting: true })]]) }))).toEqual(['c1', 'c1-waiting', 'c2'])
    expect(keys(tree(['c1', 'g5'], { units: new Map([['g5', held<UnitRow>([], { failed: '没有连上' })]]) }))).toEqual(['c1', 'g5', 'g5-failed', 'g6', 'c2'])
  })
  it.each([
    ['c1', 'ArrowDown', { to: 'g5' }], ['c1', 'ArrowUp', { to: 'c1' }], ['c2', 'ArrowDown', { to: 'c2' }], ['c2', 'ArrowRight', { open: 'c2' }], ['c1', 'ArrowRight', { to: 'g5' }],
    ['c1', 'ArrowLeft', { close: 'c1' }], ['u11', 'ArrowLeft', { to: 'g5' }], ['g6', 'ArrowLeft', { to: 'c1' }], ['u10', 'ArrowRight', {}], ['u10', 'Home', { to: 'c1' }], ['u10', 'End', { to: 'c2' }],
    ['nothing', 'ArrowDown', { to: 'c1' }], ['c1', 'x', null],
  ])('from %s the key %s leads to %o', (at, key, comes) => expect(walk(rowsOf(tree(['c1', 'g5'])), at, key)).toEqual(comes))
  it('takes the units between two rows, either way', () => {
    const rows = rowsOf(tree(['c1', 'g5']))
    expect(ids(between(rows, 'u10', 'u11'))).toEqual([10, 11])
    expect(ids(between(rows, 'g6', 'u11'))).toEqual([11])
    expect(between(rows, 'gone', 'u11')).toEqual([])
  })
})

describe('behind a figure', () => {
  const all = [community(1, { odd: 2, cut: 0, imbalance: 1.02 }), community(2, { cut: 3, imbalance: 1.4 }), community(3, { units: 0, groups: 0, imbalance: null })]
  it('only communities are asked that can hold any', () => {
    const of = (what: Parameters<typeof worth>[0], inside = 0) => worth(what, all, inside).map((one) => one.id)
    expect([of('odd'), of('cut'), of('units'), of('groups'), of('groups_odd'), of('cut', 1)]).toEqual([[1], [2], [1, 2], [1, 2], [], []])
  })
  it('only units are listed that are meant', () => {
    const units = [unit(1), unit(2, { odd: 1 }), unit(3, { cut: 1 }), unit(4, { group_id: 0 })]
    expect((['units', 'odd', 'cut', 'ungrouped'] as const).map((what) => ids(units.filter(meant(what))))).toEqual([[1, 2, 3, 4], [2], [3], [4]])
  })
  it('the heaviest community stands first, and every figure leads somewhere', () => {
    expect(ordered('imbalance', all).map((one) => one.id)).toEqual([2, 1, 3])
    const told = figures({ units: { count: 9, odd: 1, smallest: 1, median: 2, largest: 3, in_bounds_share: 0.9 }, groups: { count: 2, odd: 0, smallest: 1, largest: 2, in_bounds_share: 1, imbalance: 1 }, ungrouped: 3, buildings: 5, buildings_cut: 4, measured: 'units' })
    expect(told.map((one) => [one.words, one.value])).toEqual([['units', 9], ['units_odd', 1], ['groups', 2], ['groups_odd', 0], ['ungrouped', 3], ['cut', 4]])
  })
})

describe('changes between versions', () => {
  const change = (passages: [string, number, number | null][]): Change =>
    ({ kind: 'retired', code: 'x', name: '', community: '', level: 'unit', area_id: 1, before_m2: 1, after_m2: null, box: null, from_name: '', to_name: '', passages: passages.map(([code, of_old, of_households]) => ({ code, name: '', of_old, of_new: 1, households: null, of_households })) })
  it('say where the ground of an old unit went, the largest part first', () => {
    const told = change([['990101001001007', 0.4, null], ['990101001001003', 0.6, 0.75], ['990101001001009', 0.0002, null]])
    expect(passed(told)).toBe('60% → …003，40% → …007')
    expect(passedWhole(told, '户数')).toBe('60% → 990101001001003（户数 75%），40% → 990101001001007')
    expect(passed(change([]))).toBe('')
    expect(passed({ ...change([['990101001001007', 0.01, null]]), kind: 'new' })).toBe('100% ← …007')
  })
  it.each([[0, '0%'], [0.004, '<1%'], [0.5, '50%'], [0.994, '>99%'], [0.99999, '100%'], [1, '100%']])('%d is %s', (share, words) => expect(percent(share)).toBe(words))
})

describe('what a check found', () => {
  const finding = (grade: Finding['grade'], reason: string, text = ''): Finding => ({ grade, reason, text, area_id: 1, code: '001', name: '', community: '甲', box: null })
  const found = [finding('note', 'b'), finding('refused', 'a', '=1+1'), finding('warning', 'b'), finding('refused', 'c')]
  it('is counted and sifted, the gravest first', () => {
    expect(counted(found)).toEqual({ refused: 2, warning: 1, note: 1 })
    expect(sifted(found, '', '').map((one) => one.grade)).toEqual(['refused', 'refused', 'warning', 'note'])
    expect(sifted(found, 'refused', 'c')).toHaveLength(1)
    expect(reasons(found, '')).toEqual([{ reason: 'b', count: 2 }, { reason: 'a', count: 1 }, { reason: 'c', count: 1 }])
    expect(reasons(found, 'refused').map((one) => one.reason)).toEqual(['a', 'c'])
  })
  it('goes out as a table in which nothing is a formula', () => {
    const text = tableOf([found[1]!], { grade: '程度', kind: '类别', community: '社区', code: '编码', name: '名称', text: '情况' }, () => '不合规', (reason) => reason)
    expect(text).toBe("程度,类别,社区,编码,名称,情况\r\n不合规,a,甲,001,,'=1+1\r\n")
  })
})

describe('asking for a proposal', () => {
  it('begins with what the standard says and follows the size chosen', () => {
    const form = fresh()
    expect(wrong(form)).toBe('')
    sizedAs(form, 'h300')
    expect([form.measure, form.group_least, form.group_most]).toEqual(['households', 200, 300])
    sizedAs(form, 'own')
    expect([form.size, form.group_least]).toEqual(['own', 200])
    expect(bodyOf({ ...form, area: '12', title: ' 甲 ' })).toMatchObject({ area: 12, title: '甲', rules: { measure: 'households', group_least: 200 } })
  })
  it.each([
    [{ unit_least: 0 }, 'numbers'], [{ unit_target: NaN }, 'numbers'], [{ unit_target: 4000 }, 'unit_order'], [{ unit_least: 8000 }, 'unit_double'], [{ group_least: 20 }, 'group_order'], [{}, ''],
  ])('with %o it says %s', (more, words) => expect(wrong({ ...fresh(), ...more })).toBe(words))
  it('is under way while it waits or runs', () => expect(['waiting', 'running', 'done', 'failed', 'cancelled'].filter(underWay)).toEqual(['waiting', 'running']))
  it('that found nothing to change says so', () => expect([standingOf({ state: 'done', plan_id: null, said: '已经符合规则' }), standingOf({ state: 'done', plan_id: 3, said: '' }), standingOf({ state: 'done', plan_id: null, said: '' }), standingOf({ state: 'failed', plan_id: null, said: '没有' })]).toEqual(['same', 'done', 'done', 'failed']))
  it('is told in the lines its report has measures for', () => {
    expect(reported(null)).toEqual([])
    expect(reported({ units: { count: 219, in_bounds_share: 1, smallest: 5228.4, largest: 14128, median: 9810, buildings_cut: 2, buildings_cut_share: 0.0019 }, groups: { count: 18 }, stability: { units_unchanged_share: 0.98, ground_same_group_share: 1 } })).toEqual([
      { words: 'units', values: { count: '219', share: '100%' } }, { words: 'area', values: { smallest: '5,228', largest: '14,128', median: '9,810' } }, { words: 'cut', values: { count: '2', share: '<1%' } },
      { words: 'kept', values: { share: '98%', ground: '100%' } },
    ])
  })
  it('takes only days to come for a publication', () => {
    const now = new Date('2026-11-28T10:00:00')
    expect(['2026-11-27', '2026-11-28', '2026-11-29', '', '29.11.2026'].map((day) => ahead(day, now))).toEqual([false, false, true, false, false])
  })
})
