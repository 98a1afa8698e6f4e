/** Units as a tree written down in order, searchable by name, code and what stands above. Pure. */

export interface Unit { id: number; code: string; name: string; parent_id: number | null; path: string; active: boolean }
export interface UnitLine { code: string; name: string; depth: number; above: string; found: string }

/** `under`: only what lies below this unit (handing on stays within a unit's own tree). */
export function unitLines(units: Unit[], under = ''): UnitLine[] {
  const active = units.filter((unit) => unit.active)
  const of = new Map(active.map((unit) => [unit.id, unit]))
  const top = under ? active.find((unit) => unit.code === under) : undefined
  if (under && !top) return []
  const children = new Map<number | null, Unit[]>()
  for (const unit of active) {
    const parent = unit.parent_id !== null && of.has(unit.parent_id) ? unit.parent_id : null
    children.set(parent, [...(children.get(parent) ?? []), unit])
  }
  const lines: UnitLine[] = []
  const walk = (parent: number | null, depth: number, above: string[]): void => {
    for (const unit of children.get(parent) ?? []) {
      lines.push({ code: unit.code, name: unit.name, depth, above: above.join(' / '), found: `${above.join(' ')} ${unit.name} ${unit.code}`.toLowerCase() })
      walk(unit.id, depth + 1, [...above, unit.name])
    }
  }
  walk(top ? top.id : null, 0, [])
  return lines
}

export function unitsFound(lines: UnitLine[], words: string): UnitLine[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return wanted.length ? lines.filter((line) => wanted.every((word) => line.found.includes(word))) : lines
}
