/** Communities, their grids, their units as one list of rows, and where a key leads in it. Pure. */
import type { CommunityRow, GroupRow, UnitRow } from '@/desk/ground/workbench/contract'

export interface Held<T> { items: T[]; next: string | null; waiting: boolean; failed: string }
export interface Tree {
  communities: readonly CommunityRow[]
  open: ReadonlySet<string>
  groups: ReadonlyMap<number, Held<GroupRow>>
  /** By the key of the grid's row, or of the row of those without a grid. */
  units: ReadonlyMap<string, Held<UnitRow>>
}
export type Row =
  | { kind: 'community'; key: string; depth: number; open: boolean; above: string; community: CommunityRow }
  | { kind: 'group'; key: string; depth: number; open: boolean; above: string; group: GroupRow; community: number }
  | { kind: 'loose'; key: string; depth: number; open: boolean; above: string; community: number; count: number }
  | { kind: 'unit'; key: string; depth: number; above: string; unit: UnitRow }
  | { kind: 'more' | 'waiting' | 'failed' | 'none'; key: string; depth: number; above: string; text: string }

export const ofCommunity = (id: number) => `c${id}`
export const ofGroup = (id: number) => `g${id}`
export const ofLoose = (community: number) => `l${community}`
export const ofUnit = (id: number) => `u${id}`

export function rowsOf(tree: Tree): Row[] {
  const rows: Row[] = []
  for (const community of tree.communities) {
    const key = ofCommunity(community.id)
    const open = tree.open.has(key)
    rows.push({ kind: 'community', key, depth: 0, open, above: '', community })
    if (open) below(tree, community, key, rows)
  }
  return rows
}

function below(tree: Tree, community: CommunityRow, above: string, rows: Row[]): void {
  const held = tree.groups.get(community.id)
  if (held) rows.push(...rest(held, above, 1))
  for (const group of held?.items ?? []) {
    const key = ofGroup(group.id)
    rows.push({ kind: 'group', key, depth: 1, open: tree.open.has(key), above, group, community: community.id })
    if (tree.open.has(key)) units(tree, key, rows)
  }
  if (!held || held.waiting) return
  const key = ofLoose(community.id)
  if (community.ungrouped) {
    rows.push({ kind: 'loose', key, depth: 1, open: tree.open.has(key), above, community: community.id, count: community.ungrouped })
    if (tree.open.has(key)) units(tree, key, rows)
  } else if (!held.items.length) rows.push({ kind: 'none', key: `${above}-none`, depth: 1, above, text: '' })
}

function units(tree: Tree, above: string, rows: Row[]): void {
  const held = tree.units.get(above)
  for (const unit of held?.items ?? []) rows.push({ kind: 'unit', key: ofUnit(unit.id), depth: 2, above, unit })
  if (held) rows.push(...rest(held, above, 2))
}

function rest(held: Held<unknown>, above: string, depth: number): Row[] {
  if (held.waiting) return [{ kind: 'waiting', key: `${above}-waiting`, depth, above, text: '' }]
  if (held.failed) return [{ kind: 'failed', key: `${above}-failed`, depth, above, text: held.failed }]
  return held.next ? [{ kind: 'more', key: `${above}-more`, depth, above, text: '' }] : []
}

export interface Walk { to?: string; open?: string; close?: string }
/** Where an arrow, Home or End leads from a row, or what it opens and closes; null for other keys. */
export function walk(rows: readonly Row[], at: string, key: string): Walk | null {
  const place = rows.findIndex((row) => row.key === at)
  const here = rows[place]
  const go = (to: number): Walk => { const row = rows[Math.max(0, Math.min(rows.length - 1, to))]; return row ? { to: row.key } : {} }
  if (key === 'ArrowDown') return go(place + 1)
  if (key === 'ArrowUp') return go(place < 0 ? 0 : place - 1)
  if (key === 'PageDown') return go(place + 12)
  if (key === 'PageUp') return go(place - 12)
  if (key === 'Home') return go(0)
  if (key === 'End') return go(rows.length - 1)
  if (key === 'ArrowRight') return !here || !('open' in here) ? {} : here.open ? go(place + 1) : { open: here.key }
  if (key === 'ArrowLeft') return !here ? {} : 'open' in here && here.open ? { close: here.key } : here.above ? { to: here.above } : {}
  return null
}

/** The keys between two rows, both counted: what Shift and a press choose. */
export function between(rows: readonly Row[], from: string, to: string): UnitRow[] {
  const [one, other] = [rows.findIndex((row) => row.key === from), rows.findIndex((row) => row.key === to)]
  if (one < 0 || other < 0) return []
  return rows.slice(Math.min(one, other), Math.max(one, other) + 1).flatMap((row) => (row.kind === 'unit' ? [row.unit] : []))
}
