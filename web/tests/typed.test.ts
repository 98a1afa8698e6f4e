import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { reactive } from 'vue'
import { emptyNew, typedNew } from '@/desk/cases/one/newcase'
import { typedIn } from '@/desk/parts/typed'
import { emptyDraft, given } from '@/shared/cases/actions'

describe('what was typed and is not sent', () => {
  it('is known from what the form held when it was shown, also when it was changed back', () => {
    const form = reactive({ name: '', days: [] as string[] })
    const typed = typedIn(() => form)
    expect(typed.changed()).toBe(false)
    form.name = '孙样例'
    expect(typed.changed()).toBe(true)
    form.name = ''
    expect(typed.changed()).toBe(false)
  })

  it('is put back when it is given up, dates as dates', () => {
    const day = new Date(2026, 10, 28)
    const form = reactive({ text: '停水', until: day as Date | null })
    const typed = typedIn(() => form)
    Object.assign(form, { text: '停电', until: null })
    typed.putBack()
    expect(form).toEqual({ text: '停水', until: day })
    expect(typed.changed()).toBe(false)
  })

  it.each([
    ['nothing', {}, false], ['a reason', { reason: '现场不符' }, true], ['only blanks', { text: '  ' }, false], ['a limit', { value: '2' }, true],
    ['the class that was reported', { class_code: 'a/b/1' }, false], ['another class', { class_code: 'a/b/2' }, true],
    ['the unit that the rules name', { unit_code: 'SZS', by_rule: true }, false], ['another unit', { unit_code: 'YLS' }, true],
    ['a photo', { files: [{ id: 'f', name: 'x.jpg', kind: 'photo' }] }, true], ['who is proposed', { person: 'p' }, false],
  ])('in a step, %s', (_, change, lost) => expect(given({ ...emptyDraft(), ...change }, 'a/b/1')).toBe(lost))

  it('in a new case is anything but the channel', () => {
    expect([typedNew(emptyNew('id')), typedNew(emptyNew('id', 'letter')), typedNew({ ...emptyNew('id'), phone: '12345' }), typedNew({ ...emptyNew('id'), point: { lon: 1, lat: 2 } })])
      .toEqual([false, false, true, true])
  })
})

describe('dialogues', () => {
  const parts = (readdirSync('src/desk', { recursive: true }) as string[]).filter((path) => path.endsWith('.vue')).map((path) => ({ path, text: readFileSync(`src/desk/${path}`, 'utf8') }))

  it('that hold a field say which form they fill in, so that closing them asks', () => {
    const asked = parts.flatMap(({ path, text }) => [...text.matchAll(/<AskDialog[\s\S]*?<\/AskDialog>/g)].map((found) => ({ path, words: found[0] })))
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.filter(({ words }) => /v-model="|<slot/.test(words) && !/^<AskDialog[^>]*:form="/.test(words)).map(({ path }) => path)).toEqual([])
  })

  it('of their own making, and pages where one writes, are guarded too', () => {
    for (const path of ['cases/one/NewCase.vue', 'cases/one/StepDialog.vue', 'cases/one/Contact.vue', 'cases/list/many/ManyDialog.vue', 'settings/work/Calendar.vue', 'parts/AskDialog.vue']) {
      expect(parts.find((part) => part.path === path)!.text, path).toContain('useUnsaved(')
    }
  })
})
