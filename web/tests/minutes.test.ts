import { describe, expect, it } from 'vitest'
import { bodyOf, draftsOf, headOf, lacksOf, takenOf } from '@/desk/batches/minutes'

const told = [{ number: '（一）', under: ['市容环境'], text: '清理垃圾' }, { number: '1.', under: ['道路', '桥梁'], text: ' ' }]
let next = 0
const id = () => `id-${next++}`

describe('drafts of minutes', () => {
  it('lack words and place until both are there, unless they are not filed', () => {
    const [first, second] = draftsOf(told, id)
    expect(second!.under).toBe('道路 / 桥梁')
    expect(lacksOf(first!)).toEqual(['point'])
    expect(lacksOf(second!)).toEqual(['text', 'point'])
    expect(lacksOf({ ...second!, taken: false })).toEqual([])
    expect(lacksOf({ ...first!, point: { lon: 102, lat: 40 } })).toEqual([])
  })

  it('are sent without those that were left out', () => {
    const drafts = draftsOf(told, id).map((draft, place) => ({ ...draft, taken: place === 0, point: { lon: 102, lat: 40 }, place: '枫林路' }))
    expect(takenOf(drafts)).toHaveLength(1)
    expect(bodyOf('m', { title: ' 联席会议 ', held_on: '2026-11-20' }, drafts)).toEqual({
      id: 'm', title: '联席会议', held_on: '2026-11-20', matters: [{ id: drafts[0]!.id, text: '清理垃圾', lon: 102, lat: 40, place: '枫林路' }],
    })
  })
})

describe('the head of minutes', () => {
  it('gives title and day where they stand', () => {
    expect(headOf('城市管理联席会议纪要\n时间：2026年11月7日\n1. 清理垃圾', '2026-11-28')).toEqual({ title: '城市管理联席会议纪要', held_on: '2026-11-07' })
    expect(headOf('1. 清理垃圾', '2026-11-28')).toEqual({ title: '', held_on: '' })
    expect(headOf('例会\n2027-01-05 前办结', '2026-11-28')).toEqual({ title: '例会', held_on: '' })
  })
})
