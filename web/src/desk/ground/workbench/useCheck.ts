/** A check that is fetched page by page: what was found so far, how far it is, and how to stop it. */
import { onScopeDispose, shallowReactive } from 'vue'
import { askFindings, type Finding } from '@/desk/ground/workbench/contract'
import { Refused } from '@/shared/api/call'

export type Checking = ReturnType<typeof useCheck>

export function useCheck(id: () => number) {
  const held = shallowReactive<{ found: Finding[]; done: number; all: number; going: boolean; whole: boolean; refused: Refused | null }>({
    found: [], done: 0, all: 0, going: false, whole: false, refused: null,
  })
  let running: AbortController | undefined

  async function begin(area = 0): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    Object.assign(held, { found: [], done: 0, all: 0, going: true, whole: false, refused: null })
    try {
      let after: string | null = null
      do {
        const page = await askFindings(id(), area, after, mine.signal)
        if (running !== mine) return
        Object.assign(held, { found: [...held.found, ...page.items], done: page.done, all: page.all })
        after = page.next
      } while (after)
      held.whole = true
    } catch (error) {
      if (running !== mine || mine.signal.aborted) return
      if (!(error instanceof Refused)) throw error
      held.refused = error
    } finally {
      if (running === mine) held.going = false
    }
  }
  function stop(): void {
    running?.abort()
    held.going = false
  }
  onScopeDispose(stop)
  return { held, begin, stop }
}
