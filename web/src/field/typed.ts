/** What was typed or photographed and not yet sent: whose sign-in ends meanwhile keeps the page, and signs in beside it. */
import { onBeforeUnmount } from 'vue'
import { keepPage } from '@/shared/api/call'

const held = new Set<() => boolean>()
keepPage(() => [...held].some((dirty) => dirty()))

export function useTyped(dirty: () => boolean): void {
  held.add(dirty)
  onBeforeUnmount(() => held.delete(dirty))
}
