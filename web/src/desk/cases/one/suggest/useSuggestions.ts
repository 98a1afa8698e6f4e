/** Asks for proposals while somebody types: after a pause, the newest question only; without an answer all goes on. */
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { call } from '@/shared/api/call'
import { LEAST, type Suggestions } from './suggesting'

const PAUSE = 450

export interface Telling { text: string; place: string; point: { lon: number; lat: number } | null; part: string }

export function useSuggestions(telling: () => Telling): Ref<Suggestions | null> {
  const found = ref<Suggestions | null>(null)
  let timer = 0
  let asked: AbortController | null = null

  async function look(): Promise<void> {
    const { text, place, point, part } = telling()
    asked?.abort()
    if (text.trim().length < LEAST && !part) {
      found.value = null
      return
    }
    const mine = asked = new AbortController()
    const body = { text, place, lon: point?.lon, lat: point?.lat, part: part || undefined }
    const told = await call<Suggestions>('POST', '/api/suggestions', { body, signal: mine.signal }).catch(() => null)
    if (!mine.signal.aborted) found.value = told
  }

  watch(() => JSON.stringify(telling()), () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(() => void look(), PAUSE)
  })
  onBeforeUnmount(() => {
    window.clearTimeout(timer)
    asked?.abort()
  })
  return found
}

/** Of a case that stands already; asked anew when another class is chosen. */
export function useCaseSuggestions(id: string, classCode: () => string): Ref<Suggestions | null> {
  const found = ref<Suggestions | null>(null)
  let asked = 0
  watch(classCode, async (code) => {
    const mine = ++asked
    const told = await call<Suggestions>('GET', `/api/cases/${id}/suggestion`, { query: { class_code: code } }).catch(() => null)
    if (mine === asked) found.value = told
  }, { immediate: true })
  return found
}
