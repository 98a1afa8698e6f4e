/** What differs between two versions, in few words. Pure. */
import { short } from '@/desk/ground/workbench/chosen'
import type { Change, Passage } from '@/desk/ground/workbench/contract'

export const KINDS = ['new', 'retired', 'redrawn', 'moved', 'renamed'] as const
export type Kind = (typeof KINDS)[number]

/** 60 %, and not 0 % of something that is there, nor 100 % of what is not whole. */
export function percent(share: number): string {
  if (share <= 0) return '0%'
  if (share < 0.01) return '<1%'
  if (share > 0.99 && share < 0.9995) return '>99%'
  return `${Math.round(share * 100)}%`
}

/** The share that counts: of a new unit how much came from there, of an old one how much went there. */
const share = (change: Change, one: Passage): number => (change.kind === 'new' ? one.of_new : one.of_old)
/** The largest part first; what is below a thousandth is a matter of drawing. */
export const parts = (change: Change): Passage[] => change.passages.filter((one) => share(change, one) >= 0.001).sort((one, other) => share(change, other) - share(change, one))
const arrow = (change: Change): string => (change.kind === 'new' ? '←' : '→')

/** 60% → …003，40% → …007; of what is new: 60% ← …003 */
export const passed = (change: Change): string => parts(change).map((one) => `${percent(share(change, one))} ${arrow(change)} ${short(one.code)}`).join('，')

/** Whole codes and households for those who hover or hear it. */
export const passedWhole = (change: Change, households: string): string =>
  parts(change).map((one) => `${percent(share(change, one))} ${arrow(change)} ${one.code}${one.of_households === null || one.of_households === undefined ? '' : `（${households} ${percent(one.of_households)}）`}`).join('，')
