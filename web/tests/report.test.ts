import { describe, expect, it } from 'vitest'
import { placeSaid } from '@/shared/cases/place'
import { far, metres } from '@/field/position'
import { body, empty, lacking, ready, usual } from '@/field/report/draft'

let made = 0
const draft = (more = {}) => ({ ...empty(() => `key-${++made}`), lon: 102, lat: 40.5, ...more })

describe('a report from the phone', () => {
  it('has an id and a key of its own, made on the phone', () => {
    const one = draft()
    expect(one.id).not.toBe(one.key)
    expect(draft().id).not.toBe(one.id)
  })

  it('needs a place, and a photo or a kind or words', () => {
    expect(ready(draft(), 0)).toBe(false)
    expect(ready(draft(), 1)).toBe(true)
    expect(ready(draft({ class_code: 'a/matter/06010' }), 0)).toBe(true)
    expect(ready(draft({ words: '  ' }), 0)).toBe(false)
    expect(ready(draft({ lon: null, words: '井盖没了' }), 2)).toBe(false)
  })

  it('says what is missing, the place first', () => {
    expect(lacking(draft({ lon: null }), 0)).toBe('lacks_place')
    expect(lacking(draft(), 0)).toBe('nothing_to_send')
    expect(lacking(draft(), 1)).toBe('')
  })

  it('lets the kind speak where there are no words', () => {
    expect(body(draft({ class_name: '占道经营' }), []).text).toBe('发现占道经营')
    expect(body(draft(), ['f']).text).toBe('发现问题，见照片')
    expect(body(draft({ words: ' 井盖没了 ', class_name: '供水井盖异常' }), []).text).toBe('井盖没了')
  })

  it('offers the three kinds that are reported most', () => {
    const rows = 'abacabad'.split('').map((name) => ({ class_code: `s/matter/${name}`, class_name: name }))
    expect(usual([...rows, { class_code: '', class_name: '' }]).map((kind) => kind.name)).toEqual(['a', 'b', 'c'])
  })

  it('says how far it is as a walker would', () => {
    const distance = metres({ lon: 102, lat: 40.5 }, { lon: 102.001, lat: 40.5 })
    expect(distance).toBeGreaterThan(84)
    expect(distance).toBeLessThan(85.5)
    expect([far(84), far(1234)]).toEqual(['80 米', '1.2 公里'])
  })
})

describe('where a case lies', () => {
  it('is said in the words of the report, else by the grid', () => {
    expect(placeSaid({ place: '桂花街1号院', area_name: '990101001004110' })).toBe('桂花街1号院')
    expect(placeSaid({ place: '', area_name: '990101001004110' })).toBe('单元网格 990101001004110')
    expect(placeSaid({ place: '', area_name: '观澜社区' })).toBe('观澜社区')
  })
})
