import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { en, zh } from '@/desk/words'

type Words = { [key: string]: string | Words }

const keys = (words: Words, above = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [above + key] : keys(value, `${above}${key}.`)))

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
