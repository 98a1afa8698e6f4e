/** The mark "somebody is at it": set after five seconds or with a dialogue, renewed, taken away on leaving. */
import { onBeforeUnmount, ref, watch, type Ref } from 'vue'
import { call } from '@/shared/api/call'

const AFTER = 5000
const AGAIN = 40000

export function useLooking(id: () => string, atWork: Ref<boolean>): Ref<string[]> {
  const others = ref<string[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let marked = ''

  async function mark(): Promise<void> {
    clearTimeout(timer)
    const mine = id()
    if (document.hidden && !atWork.value) {
      timer = setTimeout(() => void mark(), AGAIN)
      return
    }
    try {
      const told = await call<{ others: { name: string }[] }>('POST', `/api/cases/${mine}/looking`, { body: {} })
      if (mine !== id()) return
      marked = mine
      others.value = told.others.map((other) => other.name)
    } catch { /* a mark is a courtesy: without it the work goes on */ }
    timer = setTimeout(() => void mark(), AGAIN)
  }

  function leave(): void {
    clearTimeout(timer)
    others.value = []
    if (!marked) return
    const left = marked
    marked = ''
    void call('DELETE', `/api/cases/${left}/looking`).catch(() => undefined)
  }

  watch(id, () => {
    leave()
    timer = setTimeout(() => void mark(), AFTER)
  }, { immediate: true })
  watch(atWork, (now) => { if (now && !marked) void mark() })
  addEventListener('pagehide', leave)
  onBeforeUnmount(() => {
    removeEventListener('pagehide', leave)
    leave()
  })
  return others
}
