/** The cases within what is seen, asked again when the view, the filters or the cases change. */
import { onBeforeUnmount, onMounted, reactive, watch, type Ref } from 'vue'
import { toQuery, type Filters } from '@/desk/cases/list/filter/filters'
import type { Box } from '@/desk/map/base/ground'
import type { Told } from '@/desk/map/marks/points'
import { call, Refused } from '@/shared/api/call'
import { onChanges } from '@/shared/changes'

const MOST = 1000
const SETTLED = 150
const REST = 5000

export function usePoints(filters: Ref<Filters>, box: Ref<Box | null>) {
  const held = reactive({ told: { points: [], clusters: [] } as Told, loading: true, refused: null as Refused | null })
  let asking: AbortController | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  let stop = () => {}
  let asked = 0

  async function load(): Promise<void> {
    asking?.abort()
    const mine = asking = new AbortController()
    asked = Date.now()
    held.loading = true
    const [west, south, east, north] = box.value ?? []
    try {
      const told = await call<Told>('GET', '/api/cases/points', { query: { ...toQuery(filters.value), west, south, east, north, limit: MOST }, signal: mine.signal })
      if (mine.signal.aborted) return
      held.told = told
      held.refused = null
    } catch (refused) {
      if (mine.signal.aborted) return
      held.refused = refused instanceof Refused ? refused : null
    }
    held.loading = false
  }

  const soon = (wait: number) => {
    clearTimeout(waiting)
    waiting = setTimeout(() => void load(), wait)
  }

  watch([() => JSON.stringify(filters.value), box], () => soon(SETTLED))
  onMounted(() => { stop = onChanges(() => soon(Math.max(0, asked + REST - Date.now()))) })
  onBeforeUnmount(() => { stop(); clearTimeout(waiting); asking?.abort() })
  return { held, load }
}
