import '@/shared/look/tokens.css'
import '@/field/field.css'
import { createApp } from 'vue'
import App from '@/field/App.vue'
import { makeRouter } from '@/field/router'
import { en, zh } from '@/field/words'
import { applyAppearance } from '@/shared/look/appearance'
import { loadSession } from '@/shared/session'
import { makeI18n } from '@/shared/words/i18n'

applyAppearance('field')
const i18n = makeI18n(zh, en)
// A stranger is sent to the page for signing in; nothing is shown meanwhile.
void loadSession().then(() => createApp(App).use(i18n).use(makeRouter()).mount('#app'))
