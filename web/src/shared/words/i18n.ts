/** The words of a face: Simplified Chinese is whole, English is begun and falls back to it. */
import { createI18n } from 'vue-i18n'

type Words = Record<string, unknown>

const STORED = 'jingwei.language'

export function makeI18n(zh: Words, en: Words) {
  const language = localStorage.getItem(STORED) === 'en' ? 'en' : 'zh'
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-Hans'
  return createI18n({ legacy: false, locale: language, fallbackLocale: 'zh', missingWarn: false, fallbackWarn: false, messages: { zh, en } as never })
}

export function chooseLanguage(language: 'zh' | 'en'): void {
  localStorage.setItem(STORED, language)
  location.reload()
}
