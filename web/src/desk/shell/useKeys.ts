/** The keys of what is on the screen: each part names its own, the newest part first. */
import { onBeforeUnmount, onMounted, reactive, shallowReactive } from 'vue'
import { makeReader } from './keys'

/** `words`: for the list of keys, already in the reader's language. `run` answers false to leave the key to others. */
export interface Key { words: string; run: (event: KeyboardEvent) => boolean | void }
export type Keys = Record<string, Key>

const STORED = 'jingwei.keys'
const parts = shallowReactive<Keys[]>([])
export const keySetting = reactive({ on: localStorage.getItem(STORED) !== 'off' })

export function useKeys(keys: Keys): void {
  onMounted(() => parts.push(keys))
  onBeforeUnmount(() => parts.splice(parts.indexOf(keys), 1))
}

/** The order in which hands learn them; the list of keys itself comes last. */
const FIRST = ['j', 'k', 'Enter', 'Escape', 'x', '1…9', '/', 'n']

const first = (key: string) => key.split(' ')[0] || key
/** Everything that can be pressed now, for the list of keys: what was named last hides what it covers. */
export function allKeys(): { key: string; words: string }[] {
  const found = new Map<string, string>()
  for (const part of [...parts].reverse()) for (const [key, { words }] of Object.entries(part)) if (words && !found.has(key)) found.set(key, words)
  const place = (key: string) => (key === '?' ? 99 : (FIRST.indexOf(key) + 1 || 50))
  return [...found].filter(([key]) => key === first(key) || !parts.some((part) => first(key) in part)).map(([key, words]) => ({ key, words })).sort((one, other) => place(one.key) - place(other.key))
}

/** Some people steer by voice, and their words arrive as keys: single keys can be switched off (WCAG 2.1.4). */
export function switchKeys(on: boolean): void {
  keySetting.on = on
  localStorage.setItem(STORED, on ? 'on' : 'off')
}

const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=""], [contenteditable=true], [role=combobox], [role=listbox], [role=slider], [role=application]'

/** Listens for the whole desk; returns how to stop. */
export function listen(): () => void {
  const read = makeReader()
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || dialogOpen()) return
    const target = event.target instanceof Element ? event.target : null
    const known = [...new Set(parts.flatMap((part) => Object.keys(part)))].filter((key) => keySetting.on || key === 'Escape')
    const key = read({
      key: event.key, ctrl: event.ctrlKey, alt: event.altKey, meta: event.metaKey, composing: event.isComposing || event.keyCode === 229,
      typing: !!target?.closest(TYPING),
    }, known, event.timeStamp)
    if (!key || (onControl(target) && ['Enter', ' '].includes(key))) return
    for (const part of [...parts].reverse()) {
      if (part[key] && part[key].run(event) !== false) return event.preventDefault()
    }
  }
  document.addEventListener('keydown', pressed)
  return () => document.removeEventListener('keydown', pressed)
}

const onControl = (target: Element | null) => !!target?.closest('a, button, summary, [role=button], [role=tab], [role=menuitem], input')

/** Whether a dialog has the keys: nothing behind it may take the focus. */
export function dialogOpen(): boolean {
  return [...document.querySelectorAll<HTMLElement>('[role=dialog][aria-modal=true]')].some((dialog) => dialog.offsetParent !== null || dialog.getClientRects().length > 0)
}
