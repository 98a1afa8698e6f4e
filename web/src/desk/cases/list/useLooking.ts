/** Who is working on what just now, beside the rows. Asked while the page is in front; nothing waits for it. */
import { onBeforeUnmount, onMounted, ref } from 'vue'
import { call } from '@/shared/api/call'
import { session } from '@/shared/session'

const EVERY = 15_000

export function useLooking() {
  const names = ref<ReadonlyMap<string, string[]>>(new Map())
  let timer: ReturnType<typeof setInterval> | undefined

  async function ask() {
    if (document.hidden) return
    try {
      const told = await call<{ marks: { case_id: string; names: string[] }[] }>('GET', '/api/looking')
      const others = told.marks.map((mark) => [mark.case_id, mark.names.filter((name) => name !== session.me?.name)] as const)
      names.value = new Map(others.filter(([, those]) => those.length))
    } catch {
      names.value = new Map()
    }
  }
  onMounted(() => {
    void ask()
    timer = setInterval(() => void ask(), EVERY)
  })
  onBeforeUnmount(() => clearInterval(timer))
  return { names, ask }
}
