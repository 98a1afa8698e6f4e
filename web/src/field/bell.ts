/** How many messages wait: asked on opening, on coming back, and every five minutes. A phone's battery is somebody's day. */
import { onBeforeUnmount, onMounted, readonly, ref } from 'vue'
import { call } from '@/shared/api/call'

const EVERY = 5 * 60_000
const held = ref(0)
export const unread = readonly(held)
export function setUnread(count: number): void {
  held.value = count
}

export function useBell(): void {
  let timer: ReturnType<typeof setInterval> | undefined
  const ask = async () => {
    if (document.hidden) return
    try { held.value = (await call<{ unread: number }>('GET', '/api/messages', { query: { limit: 1 } })).unread } catch { /* asked again later */ }
  }
  onMounted(() => {
    void ask()
    timer = setInterval(() => void ask(), EVERY)
    document.addEventListener('visibilitychange', ask)
  })
  onBeforeUnmount(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', ask)
  })
}
