/** How proposals are said and taken: pure. */
import { describe, expect, it } from 'vitest'
import { asClass, followed, percent, takenBy } from '@/desk/cases/one/suggest/suggesting'
import { emptyDraft, given } from '@/shared/cases/actions'

const key = (code: string, more = {}) => ({ altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, code, ...more })

describe('a proposal', () => {
  it.each([[0.974, '97%'], [1, '99%'], [0.9999, '99%'], [0.004, '1%'], [0, '1%']])('of %s is never told as certain: %s', (sure, said) =>
    expect(percent(sure)).toBe(said))

  it('stands in the picker of classes as any other class', () =>
    expect(asClass({ code: 'gb/matter/09001', name: '无照经营游商', more: '街面秩序', sure: 0.9, because: [], by: 'learned' }))
      .toEqual({ full_code: 'gb/matter/09001', code: '09001', name: '无照经营游商', major_name: '街面秩序' }))

  it.each([
    [key('Digit1'), 3, 0], [key('Numpad3'), 3, 2], [key('Digit3'), 2, null], [key('Digit4'), 3, null],
    [key('Digit1', { altKey: false }), 3, null], [key('Digit1', { ctrlKey: true }), 3, null], [key('Digit1'), 0, null],
  ])('is taken by Alt and its digit alone', (event, count, place) => expect(takenBy(event, count)).toBe(place))
})

describe('a field that follows proposals', () => {
  it.each([
    ['', '', 'a', false, 'a', 'is filled'],
    ['a', 'a', 'b', false, 'b', 'follows the text'],
    ['a', 'a', '', false, '', 'is emptied when nothing is sure any more'],
    ['c', '', 'a', false, 'c', 'keeps what was there'],
    ['', 'a', 'b', true, '', 'stays empty where somebody emptied it'],
    ['c', 'a', 'b', true, 'c', 'keeps what somebody chose'],
  ])('%j after %j with %j proposed (chosen: %s) is %j: it %s', (now, before, filled, chosen, then) =>
    expect(followed(now, before, filled, chosen)).toBe(then))

  it('holds nothing that would be lost until somebody chooses', () => {
    const draft = { ...emptyDraft(), class_code: 'a', unit_code: 'U', suggested: { class_code: 'a', unit_code: 'U' } }
    expect(given(draft)).toBe(false)
    expect(given({ ...draft, class_code: 'b' })).toBe(true)
    expect(given({ ...draft, unit_code: 'V' })).toBe(true)
  })
})
