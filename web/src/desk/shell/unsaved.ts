/**
 * What somebody typed and has not sent is not lost by a click elsewhere: `useUnsaved(() => text.value !== '')` in any part
 * of the desk asks before another page is shown or the window is closed; `mayDiscard` asks before a dialogue is.
 */
import { ElMessageBox } from 'element-plus'
import 'element-plus/es/components/message-box/style/css'
import { onBeforeUnmount, onMounted } from 'vue'
import type { Router } from 'vue-router'
import { keepPage } from '@/shared/api/call'

interface Words { title: string; text: string; stay: string; leave: string }
type Guard = () => boolean
export type What = 'page' | 'dialog'

const guards = new Set<Guard>()
export const unsaved = (): boolean => [...guards].some((guard) => guard())
let say: (what: What) => Words
let asking = false

export function useUnsaved(dirty: Guard): void {
  onMounted(() => guards.add(dirty))
  onBeforeUnmount(() => guards.delete(dirty))
}

/** For changes that are no navigation (another area in the same page): true: go on. */
export const mayLeave = (): Promise<boolean> => mayDiscard(unsaved(), 'page')

/** Asks once, if anything was typed. */
export async function mayDiscard(dirty: boolean, what: What = 'dialog'): Promise<boolean> {
  if (!dirty) return true
  if (asking) return false
  asking = true
  const words = say(what)
  try {
    await ElMessageBox.confirm(words.text, words.title, { confirmButtonText: words.stay, cancelButtonText: words.leave, type: 'warning', distinguishCancelAndClose: true })
    return false
  } catch (how) {
    return how === 'cancel'
  } finally {
    asking = false
  }
}

/** True while the question stands: its Esc is not that of the dialogue below. */
export const isAsking = (): boolean => asking

/** Asks on the way to another path; filters in the address may change freely. */
export function guardLeaving(router: Router, words: (what: What) => Words): void {
  say = words
  router.beforeEach(async (to, from) => to.path === from.path || (await mayLeave()))
  keepPage(unsaved)
  window.addEventListener('beforeunload', (event) => {
    if (!unsaved()) return
    event.preventDefault()
    event.returnValue = ''
  })
}
