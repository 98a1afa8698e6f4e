/** The columns of a queue: what each says, how wide it is, which are shown. Pure. */
import { placeSaid } from '@/shared/cases/place'
import { named } from '@/shared/names'
import { brief, exact, left, said, span, standing } from '@/shared/words/time'
import type { Row } from './rows'

export type ColumnName = 'clock' | 'number' | 'state' | 'text' | 'class' | 'place' | 'area' | 'unit' | 'channel' | 'reported' | 'since'
export interface Column { name: ColumnName; width: number; shown: boolean }

const NARROWEST = 56
const WIDEST = 800

export const STANDARD: readonly Column[] = [
  { name: 'clock', width: 148, shown: true },
  { name: 'number', width: 188, shown: true },
  { name: 'state', width: 92, shown: true },
  { name: 'text', width: 340, shown: true },
  { name: 'class', width: 130, shown: false },
  { name: 'place', width: 180, shown: true },
  { name: 'unit', width: 120, shown: true },
  { name: 'area', width: 150, shown: false },
  { name: 'channel', width: 92, shown: false },
  { name: 'since', width: 112, shown: false },
  { name: 'reported', width: 118, shown: true },
]

/** What was kept on this device, laid over the standard: a column that came since is shown as the standard has it. */
export function remembered(kept: unknown): Column[] {
  const known = new Map((Array.isArray(kept) ? kept : []).map((column) => [column?.name, column]))
  return STANDARD.map((column) => {
    const own = known.get(column.name)
    if (!own) return { ...column }
    return { name: column.name, width: bounded(Number(own.width) || column.width), shown: own.shown === true || column.name === 'text' }
  })
}

export const bounded = (width: number): number => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))

/** The first to step aside when there is no room, so that a queue never scrolls sideways. */
const DISPENSABLE: readonly ColumnName[] = ['channel', 'since', 'area', 'class', 'reported', 'unit', 'place', 'state']
const WORDS_NEED = 220

/** The columns that fit into a width. The words of the report take what the others leave. */
export function fitting(columns: readonly Column[], room: number): Column[] {
  let kept = columns.filter((column) => column.shown)
  const need = () => kept.reduce((sum, column) => sum + (column.name === 'text' ? WORDS_NEED : column.width), 0)
  for (const name of DISPENSABLE) if (need() > room) kept = kept.filter((column) => column.name !== name)
  return kept
}

/** As `span`, without what no longer matters: minutes beside many hours, hours beside many days. */
function roughly(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3600_000)
  if (hours >= 72) return span(Math.floor(hours / 24) * 24 * 3600_000)
  return hours >= 6 && hours < 24 ? span(hours * 3600_000) : span(milliseconds)
}

/** What is left of the time, short enough for a cell: 还剩 3 小时 20 分, 超期 2 天 3 小时, 11月30日 08:15 前. */
export function clockShort(row: { state: string; due_at: string | null }, now: Date): string {
  const how = standing(row, now)
  if (how === 'ended' || how === 'untimed' || !row.due_at) return left(row, now)
  if (how === 'held') return brief().held
  const away = new Date(row.due_at).getTime() - now.getTime()
  if (away < 0) return brief().late(roughly(-away))
  return away < 12 * 3600_000 ? brief().left(roughly(away)) : left(row, now)
}

/** What a unit asked for and waits to hear about: it says more than the stage, which is always the same then. */
const ASKED: Record<string, string> = { extension: '延期', suspension: '挂账' }

/** What a cell says; the same on the screen, on paper and in the file. `channel`: its name. */
export function cell(row: Row, name: ColumnName, now: Date, channel: (code: string) => string): string {
  switch (name) {
    case 'clock': return clockShort(row, now)
    case 'number': return row.number
    case 'state': return row.asked in ASKED ? `申请${ASKED[row.asked]}` : named('states', row.state, row.state_name)
    case 'text': return row.text
    case 'class': return row.class_name || '未分类'
    case 'place': return placeSaid(row)
    case 'area': return row.area_name
    case 'unit': return row.unit_name
    case 'channel': return channel(row.channel)
    case 'reported': return said(row.reported_at, now)
    case 'since': return said(row.state_at, now)
  }
}

/** As `cell`, but times to the second and nothing shortened: for the file, and for who points at a cell. */
export function cellExact(row: Row, name: ColumnName, now: Date, channel: (code: string) => string): string {
  if (name === 'clock') return exact(row.due_at)
  if (name === 'reported') return exact(row.reported_at)
  if (name === 'since') return exact(row.state_at)
  if (name === 'state' && row.asked in ASKED) return `${named('states', row.state, row.state_name)}（申请${ASKED[row.asked]}）`
  return cell(row, name, now, channel)
}
