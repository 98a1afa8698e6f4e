import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import '@/shared/look/tokens.css'
import '@/shared/look/element.css'
import { createApp } from 'vue'
import App from '@/desk/App.vue'
import { makeRouter } from '@/desk/router'
import { en, zh } from '@/desk/words'
import { applyAppearance } from '@/shared/look/appearance'
import type { Refused } from '@/shared/api/call'
import { loadNames } from '@/shared/names'
import { loadSession } from '@/shared/session'
import { makeI18n } from '@/shared/words/i18n'

applyAppearance('desk')
const i18n = makeI18n(zh, en) // says in which language the service is asked
// A stranger is sent to the page for signing in; the desk is not shown meanwhile.
Promise.all([loadSession(), loadNames()]).then(
  () => createApp(App).use(i18n).use(makeRouter()).mount('#app'),
  (refused: Refused) => { if (refused.status !== 401) sayPlainly(refused.message) },
)

/** Nothing of the desk stands yet: one line and a way to try again, without any of it. */
function sayPlainly(words: string): void {
  const place = document.getElementById('app')!
  const again = Object.assign(document.createElement('button'), { textContent: zh.shell.retry, onclick: () => location.reload() })
  place.append(Object.assign(document.createElement('p'), { textContent: words }), again)
  place.style.cssText = 'max-width: 36em; margin: 20vh auto 0; padding: 0 16px; display: grid; gap: 12px; justify-items: start'
}
