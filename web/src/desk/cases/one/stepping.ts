/** Taking a step: the same words keep their key, the case must be as it was seen, refusals stay in words beside them. */
import { reactive, ref } from 'vue'
import { ask, newKey, Refused } from '@/shared/api/call'
import { address, emptyDraft, FORMS, tryOf, type Draft, type Step, type Try } from '@/shared/cases/actions'

export interface Taken { id: string; number: string; state: string; due_at: string | null }

export function useStepping(id: () => string) {
  const drafts = reactive(new Map<string, Draft>())
  const tries = new Map<string, Try>()
  const busy = ref('')
  const refused = ref('')
  const code = ref('')

  const of = (action: string) => `${id()} ${action}`

  function draftOf(action: string): Draft {
    if (!drafts.has(of(action))) drafts.set(of(action), emptyDraft())
    return drafts.get(of(action))!
  }

  /** What was typed is given up. */
  function forget(action: string): void {
    drafts.delete(of(action))
    tries.delete(of(action))
  }

  /** What the service answered; null if it refused (`refused` says why). */
  async function take(step: Step, seen: string): Promise<Taken | null> {
    const form = FORMS[step.action]
    if (!form || busy.value) return null
    const path = address(form, id())
    const body = form.body(draftOf(step.action))
    const now = tryOf(tries.get(of(step.action)) ?? null, path, body, newKey)
    tries.set(of(step.action), now)
    busy.value = step.action
    refused.value = code.value = ''
    try {
      const { data } = await ask<Taken>('POST', path, { body, key: now.key, seen })
      forget(step.action)
      return data
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      refused.value = error.message
      code.value = error.code
      return null
    } finally {
      busy.value = ''
    }
  }

  return { draftOf, forget, take, busy, refused, code }
}
