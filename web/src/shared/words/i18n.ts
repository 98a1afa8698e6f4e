/** The words of a face: Simplified Chinese is whole, English is begun and falls back to it. */
import { createI18n } from 'vue-i18n'
import { cookie } from '@/shared/api/call'
import { speak } from '@/shared/words/time'

type Words = Record<string, unknown>

/** A cookie, so that the page for signing in speaks the same language. */
const STORED = 'jingwei_language'

let made: { global: { mergeLocaleMessage: (language: string, words: never) => void } } | undefined

/** Words of a part that is fetched when it is first opened: they come with it, not with the first page. */
export function addWords(zh: Words, en: Words): void {
  made?.global.mergeLocaleMessage('zh', zh as never)
  made?.global.mergeLocaleMessage('en', en as never)
}

export function makeI18n(zh: Words, en: Words) {
  const language = cookie(STORED) === 'en' ? 'en' : 'zh'
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-Hans'
  speak(language)
  const i18n = createI18n({ legacy: false, locale: language, fallbackLocale: 'zh', missingWarn: false, fallbackWarn: false, messages: { zh, en } as never })
  made = i18n as never
  return i18n
}

export function chooseLanguage(language: 'zh' | 'en'): void {
  document.cookie = `${STORED}=${language}; path=/; max-age=31536000; samesite=lax`
  location.reload()
}
