import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dayOf, outline, roundLength, sized } from '@/desk/ground/rules'
import { columnsOf, layout, type Step } from '@/desk/settings/flow/flow'
import { addressOf, formOf, KINDS, missing } from '@/desk/settings/imports/kinds'
import { openPages, otherPages, PAGES } from '@/desk/settings/pages'
import { kindOf, monthRows, readSlots, saySlots, type Calendar } from '@/desk/settings/work/calendar'
import { zh } from '@/desk/settings/words'

describe('the work calendar', () => {
  const weekday: [string, string][] = [['08:00', '12:00']]
  const calendar: Calendar = { version: 'v1', zone: '', slots: [weekday, weekday, weekday, weekday, weekday, [], []], makeup: null, known_years: [], days: [{ on: '2026-10-01', word: 'off', name: '国庆节' }] }

  it('begins its weeks on Monday and leaves no day out', () => {
    const rows = monthRows(2026, 2)
    expect(rows[0]!.slice(0, 7)).toEqual(['', '', '', '', '', '', '2026-02-01'])
    expect(rows.flat().filter(Boolean)).toHaveLength(28)
    expect(rows.every((row) => row.length === 7)).toBe(true)
  })

  it('tells a day off, a weekend and a change that is not saved yet', () => {
    expect([kindOf('2026-10-01', calendar, new Map()), kindOf('2026-10-03', calendar, new Map()), kindOf('2026-10-09', calendar, new Map())]).toEqual(['off', 'rest', 'ordinary'])
    expect(kindOf('2026-10-10', calendar, new Map([['2026-10-10', { on: '2026-10-10', word: 'work' as const, name: '' }]]))).toBe('work')
    expect(kindOf('2026-10-01', calendar, new Map([['2026-10-01', { on: '2026-10-01', word: '' as const, name: '' }]]))).toBe('ordinary')
  })

  it('reads hours as people write them and refuses what runs backwards', () => {
    expect(readSlots('8:00－12:00，14:00-18:00')).toEqual([['08:00', '12:00'], ['14:00', '18:00']])
    expect(saySlots(readSlots('08:00-24:00'))).toBe('08:00-24:00')
    expect(readSlots('')).toEqual([])
    for (const wrong of ['12:00-08:00', '08:00-12:00 11:00-13:00', '早上', '08:00-25:00', '08:60-09:00']) expect(readSlots(wrong), wrong).toBeNull()
  })
})

const step = (state: string, action: string, to: string): Step => ({ state, state_name: state, action, action_name: action, roles: ['受理员'], to, to_name: to })
const FLOW = [step('', 'report', 'a'), step('a', 'file', 'b'), step('a', 'refuse', 'end'), step('b', 'return', 'a'), step('b', 'sign', 'b'), step('b', 'close', 'end'), step('end', 'reopen', 'a')]

describe('the drawing of a flow', () => {
  it('goes from left to right, and steps back do not push a state on', () => {
    expect(Object.fromEntries(columnsOf(FLOW))).toEqual({ '': 0, a: 1, b: 2, end: 3 })
  })

  it('draws every step once, none over another state, all within its bounds', () => {
    const { boxes, arrows, width, height } = layout(FLOW, '开始')
    expect(arrows.flatMap((arrow) => arrow.names)).toHaveLength(FLOW.length - 1)
    expect(boxes.find((box) => box.state === 'b')!.stays).toEqual(['sign'])
    expect(arrows.filter((arrow) => arrow.back).map((arrow) => arrow.names[0])).toEqual(['return', 'reopen'])
    expect(new Set(boxes.map((box) => `${box.x}/${box.y}`)).size).toBe(boxes.length)
    for (const box of boxes) expect(box.x >= 0 && box.y >= 0 && box.x < width && box.y < height).toBe(true)
    for (const arrow of arrows) expect(arrow.y > 0 && arrow.y < height).toBe(true)
  })
})

describe('areas as they are told', () => {
  it('says a size in the unit that fits', () => {
    expect([sized(900), sized(103_000), sized(2_500_000)].map((each) => each.unit)).toEqual(['square', 'hectare', 'kilometre'])
  })

  it('draws north up in true proportions', () => {
    const square = { type: 'Polygon', coordinates: [[[102, 40], [102.01, 40], [102.01, 40.01], [102, 40.01], [102, 40]]] }
    const drawn = outline(square, [102, 40, 102.01, 40.01], 200, 200)
    expect(drawn.path.startsWith('M0.0 200.0L')).toBe(true)
    expect(drawn.width / drawn.height).toBeCloseTo(Math.cos(40 * Math.PI / 180), 2)
    expect(outline(null, null, 200, 200).path).toBe('')
    expect([roundLength(730), roundLength(210), roundLength(99)]).toEqual([500, 200, 50])
    expect(dayOf(new Date(2026, 0, 5))).toBe('2026-01-05')
  })
})

describe('the pages of settings', () => {
  it('are shown by right, and say whose the others are', () => {
    const auditor = (right: string) => ['audit.read', 'journal.verify', 'area.read'].includes(right)
    expect(openPages(auditor).map((page) => page.name)).toEqual(['flow', 'dictionary', 'operations', 'signins', 'verify'])
    expect(otherPages(auditor)).toEqual(['not_rules', 'not_system', 'not_online'])
  })

  it('all have their words', () => {
    for (const page of PAGES) {
      expect(Object.keys(zh.pages)).toContain(page.name)
      expect(Object.keys(zh.about)).toContain(page.name)
    }
  })
})

describe('imports', () => {
  it('go to addresses that the interface has', () => {
    const known = Object.keys(JSON.parse(readFileSync('../docs/openapi.json', 'utf8')).paths)
    for (const kind of KINDS) expect(known).toContain(addressOf(kind.kind))
  })

  it('ask for nothing that the service would not take', () => {
    const { paths, components } = JSON.parse(readFileSync('../docs/openapi.json', 'utf8'))
    for (const kind of KINDS) {
      const body = paths[addressOf(kind.kind)].post.requestBody.content['multipart/form-data'].schema
      const parts = [body, ...(body.allOf ?? [])].map((part) => (part.$ref ? components.schemas[part.$ref.split('/').pop()] : part))
      const fields = parts.flatMap((part) => Object.keys(part.properties ?? {}))
      for (const option of kind.options) expect(fields, kind.kind).toContain(option.field)
    }
  })

  it('offer a sample with exactly the columns they tell', () => {
    for (const kind of KINDS.filter((each) => !each.layer)) {
      expect(kind.sample[0], kind.kind).toEqual(kind.columns.map((column) => column.name))
      for (const row of kind.sample) expect(row, kind.kind).toHaveLength(kind.columns.length)
    }
  })

  it('send only what was given, and say what is missing', () => {
    const rules = KINDS.find((kind) => kind.kind === 'rules')!
    expect(missing(rules, { scheme: ' ' })).toEqual(['option_scheme'])
    const form = formOf(new Blob(['x']), 'a.csv', { scheme: 's', replace: '' }, true)
    expect([form.get('dry_run'), form.get('scheme'), form.has('replace')]).toEqual(['1', 's', false])
  })
})
