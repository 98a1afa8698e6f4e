/** A deed of a case's page: posted with its words, its refusal in words. How it is sent once and no more, `parts/deed` knows. */
import { computed } from 'vue'
import { useDeed } from '@/desk/parts/deed'
import { call } from '@/shared/api/call'

export function usePosting() {
  const deed = useDeed()
  /** Whether it was done; if not, `refused` says why. */
  const send = (path: string, body: unknown = {}): Promise<boolean> =>
    deed.send({ path, body }, async (key) => { await call('POST', path, { body, key }) })
  return { send, busy: computed(() => deed.busy), refused: computed(() => deed.refused?.message ?? ''), forget: deed.forget }
}
