/** What is read off a supervision order. */
import { describe, expect, it } from 'vitest'
import { asksFor, bodyOf, servedSaid, shownOf, toneOf, type Order, type ServedOn } from '@/desk/cases/orders/order'

const one = (more: Partial<ServedOn> = {}): ServedOn => ({
  unit: 'HW', unit_name: '环卫所', state: 'issued', state_name: '待签收', late: false, signed_by: '', signed_at: null, reply: '', replied_by: '',
  replied_at: null, judged_by: '', judged_at: null, reason: '', returns: 0, deeds: [], ...more,
})

describe('an order', () => {
  it('is red while nobody signed for it, and whenever it is late', () => {
    expect(toneOf(one())).toBe('late')
    expect(toneOf(one({ state: 'signed' }))).toBe('soon')
    expect(toneOf(one({ state: 'signed', late: true }))).toBe('late')
    expect(toneOf(one({ state: 'accepted' }))).toBe('ended')
  })
  it('names its units while they are few', () => {
    const of = (names: string[]) => ({ served: names.map((unit_name) => one({ unit_name })) }) as Order
    expect(servedSaid(of(['环卫所', '园林所']), () => '')).toBe('环卫所、园林所')
    expect(servedSaid(of(['环卫所', '园林所', '水务局']), (n) => `+${n}`)).toBe('环卫所+2')
  })
  it('asks for words only where the rule needs them', () => {
    expect([asksFor('sign'), asksFor('reply'), asksFor('return'), asksFor('accept')]).toEqual(['', 'text', 'reason', ''])
    expect(bodyOf('reply', 'HW', ' 已清 ')).toEqual({ unit_code: 'HW', text: '已清' })
    expect(bodyOf('sign', 'HW', 'x')).toEqual({ unit_code: 'HW' })
  })
})

it('an address that says nothing known shows what waits for oneself', () => {
  expect([shownOf('late'), shownOf('x'), shownOf(undefined)]).toEqual(['late', 'mine', 'mine'])
})
