import '@/shared/look/tokens.css'
import { createApp } from 'vue'
import App from '@/field/App.vue'
import { applyAppearance } from '@/shared/look/appearance'
import { loadSession } from '@/shared/session'

applyAppearance('field')
void loadSession().then(() => createApp(App).mount('#app'))
