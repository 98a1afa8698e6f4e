/** Theme and size of type: kept on this device, applied before anything is shown. */
import { reactive, watch } from 'vue'

export interface Appearance { theme: 'system' | 'light' | 'dark'; size: 'normal' | 'large' }

const STORED = 'jingwei.appearance'
export const appearance = reactive<Appearance>({ theme: 'system', size: 'normal', ...stored() })

export function applyAppearance(face: 'desk' | 'field'): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    const root = document.documentElement
    root.dataset.face = face
    root.dataset.size = appearance.size
    root.dataset.theme = appearance.theme === 'system' ? (dark.matches ? 'dark' : 'light') : appearance.theme
    root.classList.toggle('dark', root.dataset.theme === 'dark')
  }
  dark.addEventListener('change', apply)
  watch(appearance, () => {
    localStorage.setItem(STORED, JSON.stringify(appearance))
    apply()
  })
  apply()
}

function stored(): Partial<Appearance> {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? '{}')
  } catch {
    return {}
  }
}
