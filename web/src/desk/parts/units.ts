/** The tree of organisations, read once and forgotten when one is changed. */
import { call } from '@/shared/api/call'

export interface Unit { id: number; code: string; name: string; kind: string; parent_id: number | null; path: string; active: boolean }
export interface UnitNode extends Unit { children: UnitNode[]; depth: number }

let kept: Promise<Unit[]> | undefined

export function units(): Promise<Unit[]> {
  kept ??= call<Unit[]>('GET', '/api/units').catch((error) => { kept = undefined; throw error })
  return kept
}

export const forgetUnits = (): void => { kept = undefined }

/** Parents with their children, each level by code. A unit whose parent is not there stands at the top. */
export function treeOf(rows: readonly Unit[]): UnitNode[] {
  const nodes = new Map(rows.map((row) => [row.id, { ...row, children: [] as UnitNode[], depth: 0 }]))
  const top: UnitNode[] = []
  for (const node of nodes.values()) {
    const above = node.parent_id === null ? undefined : nodes.get(node.parent_id)
    ;(above ? above.children : top).push(node)
  }
  const settle = (list: UnitNode[], depth: number) => {
    list.sort((one, other) => (one.code < other.code ? -1 : 1))
    for (const node of list) { node.depth = depth; settle(node.children, depth + 1) }
  }
  settle(top, 0)
  return top
}

/** Names from the top down to the unit itself. */
export function chainOf(rows: readonly Unit[], unit: Unit): string {
  const names: string[] = []
  const seen = new Set<number>()
  for (let at: Unit | undefined = unit; at && !seen.has(at.id); at = rows.find((row) => row.id === at!.parent_id)) {
    seen.add(at.id)
    names.unshift(at.name)
  }
  return names.join(' / ')
}

/** Units whose code begins with the words or whose name holds them, with all above them. */
export function found(rows: readonly Unit[], words: string): Unit[] {
  const wanted = words.trim().toLowerCase()
  if (!wanted) return [...rows]
  const byId = new Map(rows.map((row) => [row.id, row]))
  const keep = new Set<number>()
  for (const row of rows) {
    if (!row.code.toLowerCase().startsWith(wanted) && !row.name.toLowerCase().includes(wanted)) continue
    for (let at: Unit | undefined = row; at && !keep.has(at.id); at = at.parent_id === null ? undefined : byId.get(at.parent_id)) keep.add(at.id)
  }
  return rows.filter((row) => keep.has(row.id))
}
