/** Reading something to show: what came, what was refused, and how long one has been waiting. */
import { onScopeDispose, shallowReactive, watch, type WatchSource } from 'vue'
import { Refused } from '@/shared/api/call'

const SKELETON_AFTER = 300
const WORDS_AFTER = 3000

export interface Load<T> {
  data: T | null
  refused: Refused | null
  waiting: boolean
  /** Waiting longer than is unnoticed, and longer than is comfortable. */
  skeleton: boolean
  slow: boolean
  again: () => Promise<void>
}

/** Asks at once, and anew whenever `on` changes; an answer that was overtaken is dropped. */
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>, on?: WatchSource | WatchSource[]): Load<T> {
  let running: AbortController | undefined
  const load = shallowReactive<Load<T>>({ data: null, refused: null, waiting: false, skeleton: false, slow: false, again })
  async function again(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    load.waiting = true
    const timers = [setTimeout(() => { load.skeleton = true }, SKELETON_AFTER), setTimeout(() => { load.slow = true }, WORDS_AFTER)]
    mine.signal.addEventListener('abort', () => timers.forEach(clearTimeout))
    try {
      const data = await ask(mine.signal)
      if (running !== mine || mine.signal.aborted) return
      load.data = data
      load.refused = null
    } catch (error) {
      if (running !== mine || mine.signal.aborted) return
      if (!(error instanceof Refused)) throw error
      load.refused = error
      load.data = null
    } finally {
      timers.forEach(clearTimeout)
      if (running === mine) load.waiting = load.skeleton = load.slow = false
    }
  }
  if (on) watch(on, () => void again(), { deep: true })
  void again()
  onScopeDispose(() => running?.abort())
  return load
}
