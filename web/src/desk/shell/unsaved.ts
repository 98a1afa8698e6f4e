/**
 * What somebody typed and has not sent is not lost by a click elsewhere: `useUnsaved(() => text.value !== '')` in any part
 * of the desk asks before another page is shown or the window is closed.
 */
import { ElMessageBox } from 'element-plus'
import 'element-plus/es/components/message-box/style/css'
import { onBeforeUnmount, onMounted } from 'vue'
import type { Router } from 'vue-router'

interface Words { title: string; text: string; stay: string; leave: string }
type Guard = () => boolean

const guards = new Set<Guard>()
export const unsaved = (): boolean => [...guards].some((guard) => guard())

export function useUnsaved(dirty: Guard): void {
  onMounted(() => guards.add(dirty))
  onBeforeUnmount(() => guards.delete(dirty))
}

/** For changes that are no navigation (another case in the same place): true: go on. */
export async function mayLeave(words: Words): Promise<boolean> {
  if (!unsaved()) return true
  try {
    await ElMessageBox.confirm(words.text, words.title, { confirmButtonText: words.stay, cancelButtonText: words.leave, type: 'warning', distinguishCancelAndClose: true })
    return false
  } catch (how) {
    return how === 'cancel'
  }
}

/** Asks on the way to another path; filters in the address may change freely. */
export function guardLeaving(router: Router, words: () => Words): void {
  router.beforeEach(async (to, from) => to.path === from.path || (await mayLeave(words())))
  window.addEventListener('beforeunload', (event) => {
    if (!unsaved()) return
    event.preventDefault()
    event.returnValue = ''
  })
}
