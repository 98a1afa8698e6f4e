/** The words of a face: Simplified Chinese is whole, English is begun and falls back to it. */
import { createI18n } from 'vue-i18n'
import { cookie } from '@/shared/api/call'
import { speak } from '@/shared/words/time'

type Words = Record<string, unknown>

/** A cookie, so that the page for signing in speaks the same language. */
const STORED = 'jingwei_language'

export function makeI18n(zh: Words, en: Words) {
  const language = cookie(STORED) === 'en' ? 'en' : 'zh'
  document.documentElement.lang = language === 'en' ? 'en' : 'zh-Hans'
  speak(language)
  return createI18n({ legacy: false, locale: language, fallbackLocale: 'zh', missingWarn: false, fallbackWarn: false, messages: { zh, en } as never })
}

export function chooseLanguage(language: 'zh' | 'en'): void {
  document.cookie = `${STORED}=${language}; path=/; max-age=31536000; samesite=lax`
  location.reload()
}
