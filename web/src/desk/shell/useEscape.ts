/** Esc closes the dialogue and nothing behind it; an open list of choices takes it first. */
import { onBeforeUnmount, onMounted } from 'vue'
import { isAsking } from '@/desk/shell/unsaved'

export function useEscape(leave: () => void): void {
  function escaped(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.isComposing || isAsking() || (event.target as HTMLElement).getAttribute('aria-expanded') === 'true') return
    event.preventDefault()
    event.stopImmediatePropagation()
    leave()
  }
  onMounted(() => document.addEventListener('keydown', escaped, true))
  onBeforeUnmount(() => document.removeEventListener('keydown', escaped, true))
}
