/** The change feed: asked every few seconds in front, every minute when hidden; the answer says when to come again. */
import { reactive, readonly } from 'vue'
import { call } from '@/shared/api/call'

export interface Change { position: number; case_id: string; verb: string; at: string }
type Listener = (changes: Change[]) => void

const HIDDEN_SECONDS = 60
const UNREACHABLE_SECONDS = 10
const listeners = new Set<Listener>()
let position = -1
const held = reactive({ unread: 0 })
/** My messages that wait to be read, counted up to 100: it comes with every poll. */
export const bell = readonly(held)
export function setUnread(count: number): void {
  held.unread = count
}
let timer: ReturnType<typeof setTimeout> | undefined

/** Call `listener` with what happened to visible cases from now on. Returns how to stop. */
export function onChanges(listener: Listener): () => void {
  listeners.add(listener)
  if (listeners.size === 1) {
    document.addEventListener('visibilitychange', soon)
    void poll()
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size) return
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', soon)
  }
}

function soon(): void {
  if (!document.hidden) void poll()
}

async function poll(): Promise<void> {
  clearTimeout(timer)
  let again = UNREACHABLE_SECONDS
  try {
    if (position < 0) position = (await call<{ position: number }>('GET', '/api/journal/position')).position
    const told = await call<{ position: number; again_in: number; unread?: number; changes: Change[] }>('GET', '/api/changes', { query: { after: position } })
    position = told.position
    again = told.again_in
    held.unread = told.unread ?? 0
    if (told.changes.length) listeners.forEach((listener) => listener(told.changes))
  } catch { /* unreachable: ask again later; what is on the screen stays */ }
  if (listeners.size) timer = setTimeout(() => void poll(), 1000 * (document.hidden ? Math.max(again, HIDDEN_SECONDS) : again))
}
