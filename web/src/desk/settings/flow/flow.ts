/** Where the states of a flow stand in a drawing, and which way its arrows go. Pure: no DOM.
 *
 * Columns follow the way forward: a state stands one column right of the furthest state that leads to it, not counting
 * steps that lead back. Steps between the same two states share one arrow; a step that stays is named in its state.
 */
export interface Step { state: string; state_name: string; action: string; action_name: string; roles: string[]; to: string; to_name: string }
export interface Box { state: string; name: string; x: number; y: number; stays: string[] }
export interface Arrow { from: string; to: string; names: string[]; roles: string[]; path: string; back: boolean; x: number; y: number }
export interface Drawing { boxes: Box[]; arrows: Arrow[]; width: number; height: number }

export const BOX = { width: 84, height: 38 }
const GAP = { x: 50, y: 78 }
const MARGIN = 16

/** The order in which states are first reached, and which steps close a circle (those lead back). */
function walk(steps: readonly Step[]): { order: string[]; back: Set<Step> } {
  const order: string[] = []
  const open = new Set<string>()
  const back = new Set<Step>()
  const visit = (state: string) => {
    order.push(state)
    open.add(state)
    for (const step of steps) {
      if (step.state !== state || step.to === state) continue
      if (open.has(step.to)) back.add(step)
      else if (!order.includes(step.to)) visit(step.to)
    }
    open.delete(state)
  }
  visit('')
  for (const step of steps) if (!order.includes(step.state)) visit(step.state)
  return { order, back }
}

/** The column of each state. */
export function columnsOf(steps: readonly Step[]): Map<string, number> {
  const { order, back } = walk(steps)
  const column = new Map(order.map((state) => [state, 0]))
  const forward = steps.filter((step) => !back.has(step) && step.state !== step.to)
  for (let round = 0; round < order.length; round++) {
    let moved = false
    for (const step of forward) {
      const least = column.get(step.state)! + 1
      if (column.get(step.to)! < least && least < order.length) { column.set(step.to, least); moved = true }
    }
    if (!moved) break
  }
  return column
}

/** How wide a name is drawn, roughly. */
const lettersOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 255 ? 13 : 7), 0)

export function layout(steps: readonly Step[], start: string): Drawing {
  const column = columnsOf(steps)
  const { order } = walk(steps)
  const names = new Map<string, string>([['', start]])
  for (const step of steps) { names.set(step.to, step.to_name); if (step.state) names.set(step.state, step.state_name) }
  const rows = new Map<number, string[]>()
  for (const state of order) rows.set(column.get(state)!, [...(rows.get(column.get(state)!) ?? []), state])
  const tallest = Math.max(...[...rows.values()].map((states) => states.length))
  const boxes: Box[] = order.map((state) => {
    const inColumn = rows.get(column.get(state)!)!
    const above = (tallest - inColumn.length) / 2
    return {
      state, name: names.get(state) ?? state, x: MARGIN + column.get(state)! * (BOX.width + GAP.x), y: 70 + MARGIN + (above + inColumn.indexOf(state)) * (BOX.height + GAP.y),
      stays: steps.filter((step) => step.state === state && step.to === state).map((step) => step.action_name),
    }
  })
  const at = new Map(boxes.map((box) => [box.state, box]))
  const arrows = bundled(steps).map((each, index) => drawn(each, at.get(each.from)!, at.get(each.to)!, index))
  const width = Math.max(...boxes.map((box) => box.x + BOX.width), ...arrows.map((arrow) => arrow.x + lettersOf(arrow.names.join('、')) / 2)) + MARGIN
  const height = Math.max(...boxes.map((box) => box.y + BOX.height + 28), ...arrows.map((arrow) => arrow.y)) + MARGIN + 24
  return { boxes, arrows, width, height }
}

function bundled(steps: readonly Step[]): { from: string; to: string; names: string[]; roles: string[] }[] {
  const bundles = new Map<string, { from: string; to: string; names: string[]; roles: string[] }>()
  for (const step of steps) {
    if (step.state === step.to) continue
    const key = `${step.state}>${step.to}`
    const bundle = bundles.get(key) ?? { from: step.state, to: step.to, names: [], roles: [] }
    bundle.names.push(step.action_name)
    for (const role of step.roles) if (!bundle.roles.includes(role)) bundle.roles.push(role)
    bundles.set(key, bundle)
  }
  return [...bundles.values()]
}

function drawn(bundle: { from: string; to: string; names: string[]; roles: string[] }, from: Box, to: Box, index: number): Arrow {
  const middle = { x: BOX.width / 2, y: BOX.height / 2 }
  const shift = ((index % 3) - 1) * 6
  if (to.x > from.x && to.x - from.x <= BOX.width + GAP.x + 1) {
    const start = { x: from.x + BOX.width, y: from.y + middle.y + shift }
    const end = { x: to.x, y: to.y + middle.y + shift }
    const bend = (start.x + end.x) / 2
    return { ...bundle, back: false, path: `M${start.x} ${start.y}C${bend} ${start.y} ${bend} ${end.y} ${end.x} ${end.y}`, x: bend, y: (start.y + end.y) / 2 - 5 }
  }
  if (to.x === from.x) {
    const down = to.y > from.y
    const start = { x: from.x + middle.x + shift * 4, y: from.y + (down ? BOX.height : 0) }
    const end = { x: to.x + middle.x + shift * 4, y: to.y + (down ? 0 : BOX.height) }
    return { ...bundle, back: false, path: `M${start.x} ${start.y}L${end.x} ${end.y}`, x: start.x, y: (start.y + end.y) / 2 }
  }
  // Far forward goes above, back goes below, the further the deeper.
  const back = to.x < from.x
  const span = Math.abs(to.x - from.x) / (BOX.width + GAP.x)
  const lift = 20 + span * 11 + (index % 4) * 5
  const start = { x: from.x + middle.x + (back ? -14 : 14) + shift, y: back ? from.y + BOX.height : from.y }
  const end = { x: to.x + middle.x + (back ? 14 : -14) + shift, y: back ? to.y + BOX.height : to.y }
  const edge = back ? Math.max(start.y, end.y) + lift : Math.min(start.y, end.y) - lift
  return { ...bundle, back, path: `M${start.x} ${start.y}C${start.x} ${edge} ${end.x} ${edge} ${end.x} ${end.y}`, x: (start.x + end.x) / 2, y: (start.y + end.y) / 8 + edge * 0.75 + (back ? 10 : -3) }
}
