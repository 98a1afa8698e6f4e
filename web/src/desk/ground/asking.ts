import type { Someone } from '@/desk/parts/Choose.vue'
import { call } from '@/shared/api/call'

/** Who may be posted at an area, by words. */
export const postable = (area: number) => async (words: string): Promise<Someone[]> => {
  const told = await call<{ items: { id: string; name: string; unit_name: string }[] }>('GET', '/api/staffing/people', { query: { area, words, limit: 50 } })
  return told.items.map((one) => ({ id: one.id, name: one.name, more: one.unit_name }))
}
