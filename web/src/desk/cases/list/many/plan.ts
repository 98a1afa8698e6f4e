/** What can be done to many cases at once: only steps that ask for nothing, or for one reason given once. Pure. */
import { address, emptyDraft, FORMS } from '@/shared/cases/actions'

export interface Action { action: string; name: string; to: string; asks: string[]; usual?: boolean }
export interface Chosen { id: string; number: string; text: string; state_name: string; seen: string; actions: Action[] }
export interface Common { action: string; name: string; reason: boolean; usual: boolean; for: number }
export interface Step { path: string; body: unknown }

export const MOST = 50

/** Taken back or thrown away one by one, with the case before one's eyes. */
const ONE_BY_ONE = ['void', 'reopen']

const simple = (action: Action) => action.action in FORMS && !ONE_BY_ONE.includes(action.action) && action.asks.every((asked) => asked === 'reason')

/** What all of them allow, the usual step first; `for`: how many. */
export function common(chosen: readonly Chosen[]): Common[] {
  const first = chosen[0]
  if (!first) return []
  const all = first.actions.filter((action) => simple(action)
    && chosen.every((one) => one.actions.some((other) => other.action === action.action && simple(other))))
  return all.map((action) => {
    const each = chosen.map((one) => one.actions.find((other) => other.action === action.action)!)
    return { action: action.action, name: action.name, for: chosen.length, reason: each.some((one) => one.asks.includes('reason')), usual: each.every((one) => one.usual) }
  }).sort((one, other) => Number(other.usual) - Number(one.usual) || Number(one.reason) - Number(other.reason))
}

/** Into which state a case goes by an action. */
export const leadsTo = (chosen: Chosen, action: string): string => chosen.actions.find((one) => one.action === action)?.to ?? ''

/** How a step is sent: as from the case itself, with nothing but the reason filled in. */
export function step(id: string, action: string, reason: string): Step {
  const form = FORMS[action]!
  return { path: address(form, id), body: form.body({ ...emptyDraft(), reason }) }
}
