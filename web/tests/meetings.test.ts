import { describe, expect, it } from 'vitest'
import { bodyOf, draftOf, dueSaid, grouped, lacks, saidOf, shownOf, toneOf, type Agenda, type Decision, type Meeting } from '@/desk/meetings/meetings'

const point = (source: string, more: object = {}) => ({ id: 1, source, source_name: source, text: '', note: '', due_at: null, decided: false, case: null, followed: null, ...more }) as unknown as Agenda

describe('the agenda', () => {
  it('stands under where its points came from', () => {
    expect(grouped([point('late'), point('late'), point('own')]).map((group) => [group.source, group.points.length])).toEqual([['late', 2], ['own', 1]])
  })
})

describe('a decision', () => {
  it('on a case that is open goes to that case, on anything else it is a task', () => {
    expect(draftOf(point('late', { case: { number: '990101-2026-000001', over: false } }))).toMatchObject({ way: 'tie', number: '990101-2026-000001' })
    expect(draftOf(point('late', { case: { number: '990101-2026-000001', over: true } })).way).toBe('task')
    expect(draftOf(null).way).toBe('task')
  })

  it.each([
    [{ way: 'task' }, ['text', 'unit']], [{ way: 'task', text: '清理', unit: 'HW' }, []], [{ way: 'task', text: '清理', by: 'person' }, ['person']],
    [{ way: 'tie', text: '清理' }, ['number']], [{ way: 'case', text: '清理' }, ['point']], [{ way: 'case', text: '清理', point: { lon: 1, lat: 2 } }, []],
  ])('says what it still needs: %j', (more, missing) => {
    expect(lacks({ ...draftOf(null), ...more } as never)).toEqual(missing)
  })

  it('sends nothing that another way would have asked for', () => {
    const draft = { ...draftOf(null), text: ' 清理 ', unit: 'HW', person: 'p', number: 'n', point: { lon: 1, lat: 2 }, place: '路口' }
    expect(bodyOf({ ...draft, way: 'task' }, 'id', 3)).toEqual({ id: 'id', item: 3, way: 'task', text: '清理', due: null, unit_code: 'HW' })
    expect(bodyOf({ ...draft, way: 'task', by: 'person' }, 'id', 0)).toEqual({ id: 'id', item: 0, way: 'task', text: '清理', due: null, person: 'p' })
    expect(bodyOf({ ...draft, way: 'tie' }, 'id', 0)).toEqual({ id: 'id', item: 0, way: 'tie', text: '清理', due: null, unit_code: 'HW', number: 'n' })
    expect(bodyOf({ ...draft, way: 'case' }, 'id', 0)).toMatchObject({ lon: 1, lat: 2, place: '路口', class_code: '' })
  })

  it('looks late before it looks over', () => {
    expect(['late', 'running', 'ended']).toEqual([{ late: true, state: 'done' }, { late: false, state: 'open' }, { late: false, state: 'withdrawn' }].map((one) => toneOf(one as Decision)))
  })

  it('names the year of its day only where it is another one', () => {
    expect(dueSaid('2026-11-27', new Date(2026, 10, 1))).toBe('11月27日')
    expect(dueSaid('2027-01-05', new Date(2026, 10, 1))).toBe('2027年1月5日')
    expect(dueSaid(null)).toBe('')
  })
})

it('sends everything said of a meeting back with its version', () => {
  const one = { meeting: { held_at: 'h', title: 't', place: 'p' }, minutes: 'm', version: 4, people: [{ id: 'a', name: '甲' }], units: [{ code: 'HW', name: '环卫所' }] } as unknown as Meeting
  expect(saidOf(one)).toEqual({ held_at: 'h', title: 't', place: 'p', minutes: 'm', people: ['a'], unit_codes: ['HW'], version: 4 })
})

it('shows what waits for oneself where the address says nothing it knows', () => {
  expect(['late', 'x', undefined].map(shownOf)).toEqual(['late', 'mine', 'mine'])
})
