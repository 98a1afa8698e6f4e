/** The figures of an area and the way up from it, fresh as cases move. */
import { onBeforeUnmount, onMounted, reactive, watch } from 'vue'
import type { Overview } from '@/desk/overview/figures'
import { call, Refused } from '@/shared/api/call'
import { onChanges } from '@/shared/changes'

export interface Above { code: string; name: string }

const REST = 10_000
const TOO_LARGE = ['province', 'city']

export function useOverview(area: () => string) {
  const held = reactive({ told: null as Overview | null, chain: [] as Above[], refused: null as Refused | null, loading: true, slow: false })
  let mine = 0
  let asked = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  let stop = () => {}

  async function load(): Promise<void> {
    const now = ++mine
    asked = Date.now()
    held.loading = true
    const slow = setTimeout(() => { held.slow = true }, 3000)
    try {
      const told = await call<Overview>('GET', '/api/overview', { query: { area: area() } })
      if (now !== mine) return
      const moved = told.area !== held.told?.area
      Object.assign(held, { told, refused: null })
      if (moved) void climb(told, now)
    } catch (refused) {
      if (now === mine && refused instanceof Refused) held.refused = refused
    }
    clearTimeout(slow)
    if (now === mine) held.loading = held.slow = false
  }

  async function climb(told: Overview, now: number): Promise<void> {
    held.chain = told.area ? [{ code: told.area, name: told.area_name }] : []
    if (!told.area) return
    try {
      const { items } = await call<{ items: { id: number; code: string }[] }>('GET', '/api/areas/find', { query: { words: told.area, limit: 1 } })
      const found = items.find(({ code }) => code === told.area)
      if (!found) return
      const { chain } = await call<{ chain: (Above & { level: string })[] }>('GET', `/api/areas/${found.id}`)
      const above = chain.filter(({ code, level }) => !TOO_LARGE.includes(level) && code !== told.area)
      if (now === mine) held.chain = [...above.map(({ code, name }) => ({ code, name })), { code: told.area, name: told.area_name }]
    } catch { /* the name of the area itself stands */ }
  }

  watch(area, () => void load())
  onMounted(() => {
    void load()
    stop = onChanges(() => {
      clearTimeout(waiting)
      waiting = setTimeout(() => void load(), Math.max(0, asked + REST - Date.now()))
    })
  })
  onBeforeUnmount(() => { mine++; stop(); clearTimeout(waiting) })
  return { held, load }
}
