import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { sections } from '@/desk/sections'
import * as one from '@/desk/cases/one/words'
import * as bench from '@/desk/ground/workbench/words'
import * as ground from '@/desk/ground/words'
import * as mediation from '@/desk/mediation/words'
import * as register from '@/desk/parts_register/words'
import * as sampling from '@/desk/cases/sampling/words'
import * as settings from '@/desk/settings/words'
import { en as deskEn, zh as deskZh } from '@/desk/words'
import * as field from '@/field/words'

type Words = { [key: string]: string | Words }

const keys = (words: Words, above = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [above + key] : keys(value, `${above}${key}.`)))

// Words that come with their part, when it is opened, are words of the desk all the same.
const zh = { ...deskZh, cases: { ...deskZh.cases, one: one.zh }, ground: ground.zh, mediation: mediation.zh, register: register.zh, sampling: sampling.zh, settings: settings.zh, bench: bench.zh }
const en = { ...deskEn, cases: { ...deskEn.cases, one: one.en }, ground: ground.en, mediation: mediation.en, register: register.en, sampling: sampling.en, settings: settings.en, bench: bench.en }

describe('the words of the desk', () => {
  it('can all be shown: none holds a sign that means something to vue-i18n', () => {
    for (const [locale, words] of Object.entries({ zh, en })) {
      const { t } = createI18n({ legacy: false, locale, messages: { [locale]: words } as never } as never).global as unknown as { t: (key: string) => string }
      for (const key of keys(words as Words)) expect(() => t(key), key).not.toThrow()
    }
  })

  it('have no English word without its Chinese one', () => {
    const whole = new Set(keys(zh as Words))
    expect(keys(en as Words).filter((key) => !whole.has(key))).toEqual([])
  })
})

describe('English', () => {
  /** Share of the keys that have an English word, in percent. It may only grow. */
  const LEAST: Record<string, number> = { shell: 100, parts: 100, cases: 100, batches: 100, map: 100, mediation: 100, overview: 100, clocks: 100, meetings: 100, referrals: 100, sampling: 100, messages: 100, ground: 41, bench: 40, papers: 100, register: 10, people: 19, settings: 8, field: 27 }
  const all: Record<string, [Words, Words]> = {
    ...Object.fromEntries(Object.keys(zh).map((folder) => [folder, [zh[folder as 'shell'], en[folder as 'shell']] as unknown as [Words, Words]])), field: [field.zh, field.en] as unknown as [Words, Words],
  }
  const share = ([whole, begun]: [Words, Words]) => Math.floor((100 * keys(begun).length) / keys(whole).length)

  it.each(Object.entries(all))('of %s has not become less', (folder, pair) => {
    console.info(`English: ${folder} ${share(pair)} % (${keys(pair[1]).length} of ${keys(pair[0]).length})`)
    expect(share(pair)).toBeGreaterThanOrEqual(LEAST[folder]!)
  })

  it('names every part of the desk and every button of a step', () => {
    const has = new Set(keys(en as Words))
    expect(sections.map((section) => section.name).filter((name) => !has.has(name))).toEqual([])
    expect([...Object.keys(zh.cases.one.send), ...Object.keys(zh.cases.one.done)].filter((name) => !has.has(`cases.one.send.${name}`) && !has.has(`cases.one.done.${name}`))).toEqual([])
  })

  it('holds no Chinese sign', () => {
    const texts = (words: Words): string[] => Object.values(words).flatMap((value) => (typeof value === 'string' ? [value] : texts(value)))
    expect(texts(en as Words).filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([])
  })
})

describe('the names of states, actions and channels', () => {
  it('stand in the service alone: no file of the screens repeats their list', () => {
    const flow = readFileSync('../src/jingwei/cases/workflow.py', 'utf8')
    const names = (from: string, to: string, sign: RegExp) => [...flow.slice(flow.indexOf(from), flow.indexOf(to)).matchAll(sign)].map((found) => ({ code: found[1]!, name: found[2]! }))
    const known = {
      states: names('STATES = {', 'ACTIONS = {', /"(\w+)": \("([^"]+)"/g), channels: names('CHANNEL_NAMES = {', 'CHANNELS = ', /"(\w+)": "([^"]+)"/g),
    }
    const files = (readdirSync('src', { recursive: true }) as string[]).filter((path) => /\.(ts|vue)$/.test(path) && !path.endsWith('schema.d.ts'))
    for (const [kind, list] of Object.entries(known)) {
      expect(list.length).toBeGreaterThan(5)
      const repeat = files.filter((path) => {
        const text = readFileSync(`src/${path}`, 'utf8')
        return list.filter(({ code, name }) => text.includes(`${code}: '${name}'`)).length > 2
      })
      expect(repeat, kind).toEqual([])
    }
  })
})
