import { describe, expect, it } from 'vitest'
import { formOf, fresh, whole, type Connected, type Offered } from '@/desk/settings/notices/office'

const robot: Offered = {
  kind: 'dingtalk', name: '钉钉群机器人', way: 'chat',
  fields: [{ name: 'url', zh: '机器人网址', needed: true, secret: true, default: '', hint: '' }, { name: 'word', zh: '关键词', needed: false, secret: false, default: '网格', hint: '' }],
}
const one = { kind: 'dingtalk', name: '值班群', settings: { word: '夜班' }, secrets: ['url'], area_code: '', unit_code: 'HW', per_minute: 10, active: false } as unknown as Connected

describe('the form of a connector', () => {
  it('begins with what is usual', () => {
    expect(fresh(robot)).toMatchObject({ kind: 'dingtalk', settings: { url: '', word: '网格' }, per_minute: 20, active: true })
  })
  it('never holds a secret that was kept', () => {
    expect(formOf(one, robot)).toMatchObject({ name: '值班群', settings: { url: '', word: '夜班' }, unit_code: 'HW', per_minute: 10, active: false })
  })
  it('is whole with a kept secret, not with an empty one', () => {
    expect(whole(formOf(one, robot), robot, ['url'])).toBe(true)
    expect(whole(formOf(one, robot), robot, [])).toBe(false)
    expect(whole({ ...fresh(robot), settings: { url: 'https://a.example/' } }, robot, [])).toBe(false)
  })
})
