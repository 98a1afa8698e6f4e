/** The title of the window: 990101-2026-000156 · 今日 · 经纬. */
import { onBeforeUnmount, shallowReactive, watchEffect } from 'vue'

const PRODUCT = '经纬'
const parts = shallowReactive<{ words: () => string }[]>([])

/** What this part of the screen is about; the innermost stands first. */
export function useTitle(words: () => string): void {
  const part = { words }
  parts.push(part)
  onBeforeUnmount(() => parts.splice(parts.indexOf(part), 1))
}

export function keepTitle(): void {
  watchEffect(() => {
    document.title = [...parts].reverse().map((part) => part.words()).filter(Boolean).concat(PRODUCT).join(' · ')
  })
}
