/** What the service proposes of a case, and how it is said. Pure. */
import type { KnownClass } from '../recent'

export interface Suggestion { code: string; name: string; more: string; sure: number; because: string[]; by: 'learned' | 'rule' | 'part' }
export interface Suggestions {
  learned: boolean
  class_code: string
  classes: Suggestion[]
  class_filled: string
  conditions: Suggestion[]
  condition_filled: string
  units: Suggestion[]
  unit_filled: string
}

/** Fewer signs than this say too little to be asked about. */
export const LEAST = 4

/** Less sure than this, what spoke for it is not worth reading. */
export const UNSURE = 0.5

/** Never 100 %: what is proposed is never certain. */
export const percent = (sure: number): string => `${Math.max(1, Math.min(99, Math.floor(sure * 100)))}%`

/** A proposal as the picker of classes shows one. */
export const asClass = (one: Suggestion): KnownClass =>
  ({ full_code: one.code, code: one.code.split('/').pop() ?? '', name: one.name, major_name: one.more })

/** Which of so many proposals a key takes: Alt with 1, 2 or 3, wherever the digits stand on the keyboard. */
export function takenBy(event: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'code'>, count: number): number | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null
  const digit = Number(/^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1] ?? 0)
  return digit >= 1 && digit <= count ? digit - 1 : null
}

/** What now stands in a field that follows proposals until somebody chooses: the new proposal, or what is there. */
export const followed = (now: string, filledBefore: string, filled: string, chosen: boolean): string =>
  chosen || (now !== '' && now !== filledBefore) ? now : filled
