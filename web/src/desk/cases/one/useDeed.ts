/** Sending a deed beside the flow: the same words keep their key, a refusal stays in words. */
import { ref } from 'vue'
import { call, newKey, Refused } from '@/shared/api/call'

export function useDeed() {
  const busy = ref(false)
  const refused = ref('')
  let last = { what: '', key: '' }

  /** Whether it was done; if not, `refused` says why. */
  async function send(path: string, body: unknown = {}): Promise<boolean> {
    if (busy.value) return false
    const what = path + JSON.stringify(body)
    if (last.what !== what) last = { what, key: newKey() }
    busy.value = true
    refused.value = ''
    try {
      await call('POST', path, { body, key: last.key })
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refused.value = error.message
      return false
    } finally {
      busy.value = false
    }
  }
  return { send, busy, refused }
}
