/** How many cases wait for me in each stage: asked once for the tabs of the queue and the number in the navigation. */
import { computed, onBeforeUnmount, onMounted, reactive, readonly, type ComputedRef } from 'vue'
import { call } from '@/shared/api/call'
import { onChanges } from '@/shared/changes'

export interface Stage { state: string; name: string; count: number; late: number }
/** Something due that is no step of a case; `to`: where it is listed. */
export interface Other { kind: string; name: string; to: string; count: number; late: number }

/** Not asked more often than this, however much happens elsewhere. */
const REST = 15_000
/** A clock that runs out says nothing: what has become late is asked for even if nothing happened. */
const ANYWAY = 120_000
const held = reactive<{ stages: Stage[]; others: Other[]; known: boolean }>({ stages: [], others: [], known: false })
let asked = 0
let waiting: ReturnType<typeof setTimeout> | undefined

export const counts = readonly(held)

export async function recount(): Promise<void> {
  clearTimeout(waiting)
  waiting = undefined
  asked = Date.now()
  try {
    [held.stages, held.others] = await Promise.all([call<Stage[]>('GET', '/api/todo/counts'), call<Other[]>('GET', '/api/todo/others')])
    held.known = true
  } catch { /* the last count stays */ }
}

function soon(): void {
  waiting ??= setTimeout(() => void recount(), Math.max(0, asked + REST - Date.now()))
}

export function lateOfMine(): ComputedRef<number> {
  let stop = () => {}
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    void recount()
    stop = onChanges(soon)
    timer = setInterval(() => { if (!document.hidden) soon() }, ANYWAY)
  })
  onBeforeUnmount(() => {
    stop()
    clearInterval(timer)
    clearTimeout(waiting)
  })
  return computed(() => [...held.stages, ...held.others].reduce((sum, one) => sum + one.late, 0))
}
