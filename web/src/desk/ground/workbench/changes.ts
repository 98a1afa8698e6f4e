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

/** Where the ground of an old unit went, the largest part first; what is below a thousandth is a matter of drawing. */
export const parts = (passages: readonly Passage[]): Passage[] => passages.filter((one) => one.of_old >= 0.001).sort((one, other) => other.of_old - one.of_old)

/** 60% → …003，40% → …007 */
export const passed = (change: Change): string => parts(change.passages).map((one) => `${percent(one.of_old)} → ${short(one.code)}`).join('，')

/** Whole codes and households for those who hover or hear it. */
export const passedWhole = (change: Change, households: string): string =>
  parts(change.passages).map((one) => `${percent(one.of_old)} → ${one.code}${one.of_households === null || one.of_households === undefined ? '' : `（${households} ${percent(one.of_households)}）`}`).join('，')
