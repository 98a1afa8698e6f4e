/** What a check found: counted, filtered, handed out as a table. Pure. */
import { csvOf } from '@/desk/parts/csv'
import type { Finding } from '@/desk/ground/workbench/contract'

export const GRADES = ['refused', 'warning', 'note'] as const
export type Grade = (typeof GRADES)[number]

export const counted = (found: readonly Finding[]): Record<Grade, number> => {
  const sum: Record<Grade, number> = { refused: 0, warning: 0, note: 0 }
  for (const one of found) sum[one.grade]++
  return sum
}

/** Kinds that came up, the most frequent first. */
export function reasons(found: readonly Finding[], grade: Grade | ''): { reason: string; count: number }[] {
  const sum = new Map<string, number>()
  for (const one of found) if (!grade || one.grade === grade) sum.set(one.reason, (sum.get(one.reason) ?? 0) + 1)
  return [...sum].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count || (one.reason < other.reason ? -1 : 1))
}

/** The gravest first, each grade in the order it came. */
export function sifted(found: readonly Finding[], grade: Grade | '', reason: string): Finding[] {
  const kept = found.filter((one) => (!grade || one.grade === grade) && (!reason || one.reason === reason))
  return GRADES.flatMap((each) => kept.filter((one) => one.grade === each))
}

export interface Heads { grade: string; kind: string; community: string; code: string; name: string; text: string }
export const tableOf = (found: readonly Finding[], heads: Heads, gradeName: (grade: Grade) => string, reasonName: (reason: string) => string): string =>
  csvOf([[heads.grade, heads.kind, heads.community, heads.code, heads.name, heads.text],
    ...found.map((one) => [gradeName(one.grade), reasonName(one.reason), one.community, one.code, one.name, one.text])])
