/** What a report of the engine says in a few lines; a measure it does not hold is left out. Pure. */
import { percent } from '@/desk/ground/workbench/changes'
import type { Report } from '@/desk/ground/workbench/contract'
import { many } from '@/shared/words/time'

export interface Line { words: string; values: Record<string, string> }
type Measures = Record<string, unknown>

const number = (measures: Measures | undefined, name: string): number | null => { const value = measures?.[name]; return typeof value === 'number' && Number.isFinite(value) ? value : null }

export function reported(report: Report | null): Line[] {
  if (!report) return []
  const { units, groups } = report
  const stability = report.stability ?? undefined
  const whole = (value: number) => many(Math.round(value))
  const lines: Line[] = []
  const line = (words: string, values: Record<string, string | null>) => { if (Object.values(values).every((value) => value !== null)) lines.push({ words, values: values as Record<string, string> }) }
  const told = (measures: Measures | undefined, name: string, how: (value: number) => string): string | null => { const value = number(measures, name); return value === null ? null : how(value) }
  line('units', { count: told(units, 'count', many), share: told(units, 'in_bounds_share', percent) })
  line('area', { smallest: told(units, 'smallest', whole), largest: told(units, 'largest', whole), median: told(units, 'median', whole) })
  line('cut', { count: told(units, 'buildings_cut', many), share: told(units, 'buildings_cut_share', percent) })
  line('groups', { count: told(groups, 'count', many), share: told(groups, 'in_bounds_share', percent) })
  line('imbalance', { value: told(groups, 'imbalance_worst', (value) => value.toFixed(2)) })
  line('kept', { share: told(stability, 'units_unchanged_share', percent), ground: told(stability, 'ground_same_group_share', percent) })
  return lines
}
