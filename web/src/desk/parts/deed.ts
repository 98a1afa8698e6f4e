/** Sending something: one at a time, the same key while the same is sent again, refusals at the field they name. */
import { shallowReactive } from 'vue'
import { newKey, Refused } from '@/shared/api/call'

export interface Deed {
  busy: boolean
  /** It was done: what its form holds is sent. */
  done: boolean
  refused: Refused | null
  /** Sends; resolves to whether it was done. The body decides whether it is the same deed again. */
  send: (body: unknown, how: (key: string) => Promise<void>) => Promise<boolean>
  /** The words for one field, '' where it is not named. */
  at: (field: string) => string
  /** The words that no field bears: shown above the buttons. */
  rest: () => Refused | null
  forget: () => void
}

/** Which field a refusal is about: by its code, else by what the check of the body says. */
export function fieldOf(refused: Refused, fields: Record<string, string>): string {
  const known = fields[refused.code]
  if (known) return known
  const named = refused.fields[0]?.field ?? ''
  return Object.values(fields).includes(named) ? named : ''
}

export function useDeed(fields: Record<string, string> = {}): Deed {
  let last = { text: '', key: '' }
  const field = () => (deed.refused ? fieldOf(deed.refused, fields) : '')
  const deed: Deed = shallowReactive<Deed>({
    busy: false, done: false, refused: null,
    at: (name) => (deed.refused && field() === name ? deed.refused.message : ''),
    rest: () => (deed.refused && !field() ? deed.refused : null),
    forget: () => { deed.refused = null; last = { text: '', key: '' } },
    async send(body, how) {
      if (deed.busy) return false
      const text = JSON.stringify(body ?? null)
      if (text !== last.text) last = { text, key: newKey() }
      deed.busy = true
      deed.done = false
      deed.refused = null
      try {
        await how(last.key)
        last = { text: '', key: '' }
        deed.done = true
        return true
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        deed.refused = error
        if (error.status !== 0) last = { text: '', key: '' }
        return false
      } finally {
        deed.busy = false
      }
    },
  })
  return deed
}
