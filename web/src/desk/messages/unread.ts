/** The number on the bell; it comes with the poll of changes, which goes on as long as somebody listens. */
import { computed, onBeforeUnmount, onMounted, type ComputedRef } from 'vue'
import { bell, onChanges } from '@/shared/changes'

export function unreadOfMine(): ComputedRef<number> {
  let stop = () => {}
  onMounted(() => { stop = onChanges(() => undefined) })
  onBeforeUnmount(() => stop())
  return computed(() => bell.unread)
}
