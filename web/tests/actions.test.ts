import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { arranged, ELSEWHERE, emptyDraft, fields, FORMS, lacking, missing, tryOf, type Draft, type Step } from '@/shared/cases/actions'
import { phrases } from '@/desk/cases/one/phrases'
import { zh } from '@/desk/cases/one/words'

interface Row { action: string; name: string; state: string; asks: string[] }

const interfaces = JSON.parse(readFileSync('../docs/openapi.json', 'utf8'))
const rows: Row[] = [...readFileSync('../docs/flows.md', 'utf8').matchAll(/^\| (.+?) \| (.+?) `(\w+)` \| .+? \| .+? \| (.+?) \|$/gm)]
  .map(([, state, name, action, asks]) => ({ state: state!, name: name!, action: action!, asks: asks === '—' ? [] : asks!.split('、') }))
const actions = [...new Set(rows.map((row) => row.action))]
const onCases = rows.filter((row) => !(row.action in ELSEWHERE))
const whole: Draft = { ...emptyDraft(), reason: '理由', text: '说明', class_code: 'a/b/c', condition_id: 1, unit_code: 'U', value: '1', person: 'p', files: [{ id: 'f', name: 'f.jpg', kind: 'photo' }] }

function schemaOf(path: string): { properties: Record<string, unknown>; required?: string[] } | null {
  const body = interfaces.paths[path].post.requestBody
  const shape = body?.required ? body.content['application/json'].schema : null // one that may be left out is not sent
  return shape ? interfaces.components.schemas[shape.$ref.split('/').pop()] : null
}

describe('the forms of the desk and the flow of a case (C1, W1)', () => {
  it('reads the whole flow', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60)
    expect(actions.length).toBeGreaterThanOrEqual(26)
  })

  it('has a form for every action and no form that no action needs', () => {
    expect([...Object.keys(FORMS), ...Object.keys(ELSEWHERE)].sort()).toEqual([...actions].sort())
  })

  it.each(onCases)('$state $name: asks what the flow asks', ({ action, asks }) => {
    const step: Step = { action, name: '', to: '', asks }
    expect(FORMS[action]!.knows).toEqual(expect.arrayContaining(asks))
    expect(fields(step)).toEqual(expect.arrayContaining(asks))
    expect(lacking(step, emptyDraft())).toEqual(asks)
    expect(lacking(step, whole)).toEqual([])
    if (FORMS[action]!.at_once) expect(fields(step)).toEqual([])
  })

  it.each(Object.entries(FORMS))('%s: is sent where the interface takes it, in its shape', (_, form) => {
    expect(Object.keys(interfaces.paths)).toContain(form.path)
    const shape = schemaOf(form.path)
    const body = form.body(whole)
    if (!shape) return expect(body).toBeUndefined()
    expect(Object.keys(shape.properties)).toEqual(expect.arrayContaining(Object.keys(body!)))
    expect(Object.keys(body!)).toEqual(expect.arrayContaining(shape.required ?? []))
  })

  it.each(Object.entries(FORMS))('%s: everything it may be given arrives in what is sent', (_, form) => {
    expect([...form.may].every((ask) => form.knows.includes(ask))).toBe(true)
    const change: Record<string, Partial<Draft>> = {
      reason: { reason: '别的' }, text: { text: '别的' }, class: { class_code: 'x/y/z' }, unit: { unit_code: 'V' }, limit: { value: '9' }, person: { person: null }, files: { files: [] }, until: { until: '2026-12-03' },
    }
    for (const ask of form.knows) expect(JSON.stringify(form.body({ ...whole, ...change[ask] })), ask).not.toBe(JSON.stringify(form.body(whole)))
  })

  it('names the result on every button and in every note', () => {
    for (const action of Object.keys(FORMS)) {
      expect(Object.keys(zh.send)).toContain(action)
      expect(Object.keys(zh.done)).toContain(action)
    }
  })

  it('offers usual phrases wherever a reason is asked', () => {
    const states: Record<string, string> = { 待受理: 'reported', 核实中: 'verifying', 待立案: 'verified', 待派遣: 'filed', 处置中: 'handling', 已挂账: 'suspended', 已上报区县: 'passed_up', 待审核: 'reviewing', 公示中: 'publicising', 待回复群众: 'replying', 待确认反馈: 'fed_back', 核查中: 'checking', 待结案: 'checked', 已结案: 'closed', 不予立案: 'refused' }
    for (const row of onCases.filter((each) => each.asks.includes('reason'))) expect(phrases(row.action, states[row.state]), `${row.state} ${row.name}`).not.toEqual([])
  })
})

describe('what a form lets through', () => {
  const step = (action: string, asks: string[]): Step => ({ action, name: '', to: '', asks })
  it('asks for one of several conditions', () => {
    expect(lacking(step('file', ['class']), { ...whole, conditions: 2, condition_id: null })).toEqual(['condition'])
    expect(lacking(step('file', ['class']), { ...whole, conditions: 1, condition_id: null })).toEqual([])
  })
  it.each(['0', '-1', 'x', '', '1.234', '12345678'])('refuses %j as a length of time', (value) => expect(lacking(step('extend', ['limit']), { ...whole, value })).toEqual(['limit']))
  it.each(['1', '0.5', '1234567.25'])('takes %j as a length of time', (value) => expect(lacking(step('extend', ['limit']), { ...whole, value })).toEqual([]))
  it('takes blanks for nothing', () => expect(lacking(step('return', ['reason']), { ...whole, reason: ' \n' })).toEqual(['reason']))
  it('names a unit only where it is not the one by rule', () => {
    expect(FORMS.dispatch!.body({ ...whole, by_rule: true })).toEqual({ unit_code: '' })
    expect(FORMS.dispatch!.body({ ...whole, by_rule: false })).toEqual({ unit_code: 'U' })
  })
})

describe('the order of the buttons', () => {
  const steps = (...names: string[]): Step[] => names.map((action) => ({ action, name: action, to: '', asks: [] }))
  it('follows the mark of the service', () => {
    const given = steps('sign', 'return', 'feed_back').map((one) => ({ ...one, usual: one.action === 'feed_back' }))
    expect(arranged(given).usual?.action).toBe('feed_back')
    expect(arranged(given.map((one) => ({ ...one, usual: false }))).usual).toBeNull()
  })
  it('else fills the first that leads on, past signing once signed', () => {
    expect(arranged(steps('return', 'sign', 'feed_back')).usual?.action).toBe('sign')
    expect(arranged(steps('return', 'sign', 'feed_back'), true).usual?.action).toBe('feed_back')
    expect(arranged(steps('return', 'rework')).usual).toBeNull()
  })
  it('puts the grave ones last', () => expect(arranged(steps('void', 'refuse', 'dispatch', 'return')).others.map((one) => one.action)).toEqual(['return', 'void', 'refuse']))
})

describe('sending again', () => {
  let made = 0
  const make = () => `key ${++made}`
  it('keeps the key while the words are the same, and takes another for other words', () => {
    const first = tryOf(null, '/a', { reason: '一' }, make)
    expect(tryOf(first, '/a', { reason: '一' }, make).key).toBe(first.key)
    expect(tryOf(first, '/a', { reason: '二' }, make).key).not.toBe(first.key)
    expect(tryOf(first, '/b', { reason: '一' }, make).key).not.toBe(first.key)
  })
})

describe('kinds of photo that a class asks for', () => {
  const asked = (must: boolean) => ({ shots: [{ shot: 'near', name: '近景' }, { shot: 'far', name: '远景' }], must, place: false, why: '' })
  const step = (must: boolean): Step => ({ action: 'check_pass', name: '', to: '', asks: [], photos: asked(must) })
  const files = [{ id: 'a', name: '', kind: 'photo', shot: 'near' }, { id: 'b', name: '', kind: 'photo' }]

  it('are asked for and not required, unless they must be there', () => {
    expect(lacking(step(false), emptyDraft())).toEqual([])
    expect(lacking(step(true), { ...emptyDraft(), files })).toEqual(['photos'])
    expect(missing(asked(true), files).map((one) => one.shot)).toEqual(['far'])
    expect(missing(null, files)).toEqual([])
  })
  it('give way to a reason', () => {
    expect(lacking(step(true), { ...emptyDraft(), no_photo: ' ' })).toEqual(['photos'])
    expect(lacking(step(true), { ...emptyDraft(), no_photo: '到场前已盖好' })).toEqual([])
  })
  it('are sent with the files, as is the place where its holder wants it said, and only what there is', () => {
    const position = { lon: 1, lat: 2, metres: 9 }
    expect(FORMS.check_pass!.body({ ...emptyDraft(), files, position, no_photo: ' 看不清 ' })).toEqual({ yes: true, reason: '', files: ['a', 'b'], shots: { a: 'near' }, position, no_photo: '看不清' })
    expect(FORMS.feed_back!.body({ ...emptyDraft(), text: '好了', position: null })).toEqual({ text: '好了', files: [] })
    expect(FORMS.reply!.body({ ...emptyDraft(), text: '好了', files })).toEqual({ text: '好了', files: ['a', 'b'] })
  })
})
