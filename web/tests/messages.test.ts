import { describe, expect, it } from 'vitest'
import { bodyOf, formOf, type Chosen } from '@/desk/messages/choice'

const chosen: Chosen = {
  mail: '', sms: '', by_mail: false, by_sms: false, digest: '', quiet_from: null, quiet_until: null, off: [], ready: ['mail'],
  usual_from: '21:00:00', usual_until: '07:00:00', kinds: [{ code: 'late', name: '已超时', urgent: true, ways: [] }, { code: 'outcome', name: '有了结果', urgent: false, ways: [] }],
}

describe('a choice', () => {
  it('goes back as it came', () => {
    for (const change of [{}, { quiet_from: '20:00', quiet_until: '08:00' }, { quiet_from: '00:00', quiet_until: '00:00' }, { off: ['late'], digest: 'day', mail: 'a@b.cn', by_mail: true }]) {
      const one = { ...chosen, ...change }
      const body = bodyOf(formOf(one), one)
      for (const name of Object.keys(body)) expect(body[name]).toEqual(one[name as keyof Chosen])
    }
  })
  it('knows the hours of the house, own ones and none', () => {
    expect(formOf(chosen)).toMatchObject({ quiet: 'usual', from: '21:00', until: '07:00' })
    expect(formOf({ ...chosen, quiet_from: '20:00:00', quiet_until: '08:00:00' })).toMatchObject({ quiet: 'own', from: '20:00', until: '08:00' })
    expect(formOf({ ...chosen, quiet_from: '00:00:00', quiet_until: '00:00:00' })).toMatchObject({ quiet: 'none', from: '21:00' })
  })
  it('names what is off, not what is on', () => {
    const form = formOf(chosen)
    form.on = ['late']
    expect(bodyOf(form, chosen).off).toEqual(['outcome'])
  })
})
