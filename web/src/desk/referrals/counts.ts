/** How many referrals wait for this person and are late: asked now and then, for the number beside the navigation. */
import { computed, reactive, type ComputedRef } from 'vue'
import { call } from '@/shared/api/call'
import { can } from '@/shared/session'
import type { Tab } from './referral'

export type Counts = Partial<Record<Tab | 'all', { count: number; late: number }>>
const EVERY = 60_000
const held = reactive<{ counts: Counts }>({ counts: {} })
let timer: ReturnType<typeof setInterval> | undefined

/** Asks anew; what was known stays where it cannot be had. */
export async function refreshCounts(): Promise<void> {
  try {
    held.counts = await call<Counts>('GET', '/api/referrals/counts')
  } catch { /* the next time */ }
}

export const counts = (): Counts => held.counts

export function waitingForMe(): ComputedRef<number> {
  if (!timer && (can('referral.sign') || can('referral.send'))) {
    void refreshCounts()
    timer = setInterval(() => { if (!document.hidden) void refreshCounts() }, EVERY)
  }
  return computed(() => (held.counts.sign?.count ?? 0) + (held.counts.back?.count ?? 0))
}
