import { describe, expect, it } from 'vitest'
import { allRight, anySet, asked, boxOf, correctBody, exportAddress, formOf, fromAddress, MARKS, needsReason, newBody, noFilters, notThere, rightOf, shortCode, toAddress, type PartFacts } from '@/desk/parts_register/register'

const PART = {
  id: 'p', number: '99010101001000001', name: '供水井盖', class_code: 'gbt47678.5-2026/component/01001', owner_code: 'HW', owner_name: '环卫所', owner_ours: true,
  supervisor_code: '', supervisor_name: '', maintainer_code: 'X-1', maintainer_name: '某公司', surveyed_on: '2026-07-01', source: '实测', accuracy: 'A', note: '',
} as unknown as PartFacts

describe('filters of the register', () => {
  it('stand in the address and come back from it', () => {
    const filters = { ...noFilters(), words: ' 井盖 ', state: 'damaged', gone: true }
    expect(toAddress(filters)).toEqual({ words: '井盖', state: 'damaged', gone: '1' })
    expect(fromAddress(toAddress(filters))).toEqual({ ...filters, words: '井盖' })
    expect(asked(filters)).toEqual({ words: '井盖', state: 'damaged', gone: true })
  })
  it('that are not set leave no trace', () => {
    expect(toAddress(noFilters())).toEqual({})
    expect(anySet(noFilters())).toBe(false)
    expect(fromAddress({ words: ['a', 'b'], other: 'x', area: null })).toEqual({ ...noFilters(), words: 'a' })
  })
  it('go along with the export', () => {
    expect(exportAddress({ ...noFilters(), words: '井 &盖', gone: true }, 'xlsx')).toBe('/api/parts/export?words=%E4%BA%95+%26%E7%9B%96&gone=true&format=xlsx')
  })
})

describe('the form of a part', () => {
  it('sends for a new one only what was filled in', () => {
    const form = { ...formOf(), class_code: 'a/component/01001', owner_code: ' HW ' }
    expect(newBody('id', form, { lon: 1, lat: 2 })).toEqual({ id: 'id', class_code: 'a/component/01001', number: '', lon: 1, lat: 2, owner_code: 'HW' })
  })
  it('sends for a correction only what was changed', () => {
    const before = formOf(PART)
    expect(correctBody(before, { ...before })).toBeNull()
    expect(correctBody(before, { ...before, reason: '没有改什么' })).toBeNull()
    expect(correctBody(before, { ...before, note: '一号井', reason: '核查' })).toEqual({ note: '一号井', reason: '核查' })
    expect(correctBody(before, { ...before, accuracy: '' })).toEqual({ accuracy: '' })
    expect(correctBody(before, { ...before, class_code: 'gbt47678.5-2026/component/01002' })).toEqual({ class_code: 'gbt47678.5-2026/component/01002' })
  })
  it('keeps code and name of a body together', () => {
    const before = formOf(PART)
    expect(correctBody(before, { ...before, owner_code: 'YL' })).toEqual({ owner_code: 'YL', owner_name: '' })
    expect(correctBody(before, { ...before, owner_code: 'YL', owner_name: '园林所' })).toEqual({ owner_code: 'YL', owner_name: '园林所' })
    expect(correctBody(before, { ...before, maintainer_name: '另一公司' })).toEqual({ maintainer_code: 'X-1', maintainer_name: '另一公司' })
  })
  it('asks a reason for what is grave', () => expect(['intact', 'damaged', 'lost', 'abandoned', 'removed'].map(needsReason)).toEqual([false, false, true, true, true]))
})

describe('a part on the map', () => {
  it.each([
    [{ coordinates: [102, 40] }], [{ coordinates: [[102, 40], [102.0001, 40]] }], [{ coordinates: [[[102, 40], [102.0001, 40], [102, 40.0001], [102, 40]]] }],
  ])('is shown with what lies around: %j', (geometry) => {
    const [west, south, east, north] = boxOf(geometry)
    expect(east - west).toBeCloseTo(0.0012)
    expect(north - south).toBeCloseTo(0.0009)
    expect(west).toBeLessThan(102)
    expect(north).toBeGreaterThan(40)
  })
  it('that is larger is shown whole', () => expect(boxOf({ coordinates: [[102, 40], [102.1, 40.1]] })).toEqual([102, 40, 102.1, 40.1]))
})

describe('what was found of a part', () => {
  it.each([
    [allRight(), true], [notThere(), false], [{ ...allRight(), owner: false }, false], [{ ...allRight(), place: null }, null],
    [{ exists: null, place: null, class: null, owner: null, state: null }, null], [{ exists: null, place: false, class: null, owner: null, state: null }, false],
  ])('%j', (marks, right) => expect(rightOf(marks)).toBe(right))
  it('has five marks', () => expect(MARKS).toHaveLength(5))
  it('shows short codes', () => expect(shortCode('gbt47678.5-2026/component/01001')).toBe('01001'))
})
