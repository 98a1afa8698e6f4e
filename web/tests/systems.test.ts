import { describe, expect, it } from 'vitest'
import { answersFromElsewhere, ASKS, complete, emptyRule, levelsOf, sent, type GridHere } from '@/desk/ground/systems/rules'
import { zh } from '@/desk/ground/standing/words'

describe('a rule of a grid system', () => {
  it('needs a bound or a word only where its kind asks for one', () => {
    expect(complete(emptyRule())).toBe(true)
    expect(complete({ ...emptyRule(), asks: 'people' })).toBe(false)
    expect(complete({ ...emptyRule(), asks: 'people', low: 3 })).toBe(true)
    expect(complete({ ...emptyRule(), asks: 'people', low: 4, high: 3 })).toBe(false)
    expect(complete({ ...emptyRule(), asks: 'certificate', value: ' ' })).toBe(false)
    expect(complete({ ...emptyRule(), asks: 'cover', value: '06:30-20:30' })).toBe(true)
  })
  it('is sent without what its kind does not ask for', () => {
    expect(sent({ asks: 'main', level: 2, low: 1, high: 2, value: 'x' })).toEqual({ asks: 'main', level: 2, low: null, high: null, value: '', source: '' })
    expect(sent({ asks: 'people', level: 3, low: 3, high: 4, value: 'x', source: 'STF-21' })).toEqual({ asks: 'people', level: 3, low: 3, high: 4, value: '', source: 'STF-21' })
  })
  it('has a name on the screen for every kind', () => {
    expect(ASKS.filter((asks) => !(asks in zh.net.ask))).toEqual([])
  })
})

it('levels are written one to a line', () => {
  expect(levelsOf(' 楼 \n\n区\n房间')).toEqual(['楼', '区', '房间'])
})

it('says where somebody answers from if they are not posted on the grid itself', () => {
  const grid = (name: string, on: string): GridHere => ({ area_id: 1, code: 'A', name: '3区', level: 2, level_name: '', on_duty: null, on_duty_name: name, on_duty_why: '', on_duty_area: on })
  expect([grid('王', '甲楼'), grid('王', '3区'), grid('', '')].map(answersFromElsewhere)).toEqual([true, false, false])
})
