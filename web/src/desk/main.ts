import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/dark/css-vars.css'
import '@/shared/look/tokens.css'
import '@/shared/look/element.css'
import { createApp } from 'vue'
import App from '@/desk/App.vue'
import { makeRouter } from '@/desk/router'
import { en, zh } from '@/desk/words'
import { applyAppearance } from '@/shared/look/appearance'
import { loadSession } from '@/shared/session'
import { makeI18n } from '@/shared/words/i18n'

applyAppearance('desk')
// A stranger is sent to the page for signing in; the desk is not shown meanwhile.
void loadSession().then(() => createApp(App).use(makeI18n(zh, en)).use(makeRouter()).mount('#app'))
