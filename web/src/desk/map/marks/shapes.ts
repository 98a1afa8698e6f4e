/** The shapes of StateMark.vue for canvases: the same picture in a list and on the map. Coordinates as there, 12 × 12. */
import type { Palette } from '@/desk/map/base/palette'
import { standing, type Standing } from '@/shared/words/time'

export const STANDINGS: Standing[] = ['in_time', 'soon', 'late', 'held', 'ended', 'untimed']

export interface Pointed { state: string; late: boolean; due_at?: string | null }

/** How a point stands: by its instant where it is told, else by "late". */
export function standingOf(point: Pointed, now: Date = new Date()): Standing {
  if (point.due_at !== undefined) return standing({ state: point.state, due_at: point.due_at }, now)
  const how = standing({ state: point.state, due_at: null }, now)
  return how === 'untimed' ? (point.late ? 'late' : 'in_time') : how
}

const COLOUR: Record<Standing, keyof Palette> = { in_time: 'inTime', soon: 'soon', late: 'late', held: 'held', ended: 'ended', untimed: 'inkSoft' }

/** Draws the shape around (0, 0), `across` pixels wide, on a disc of paper that keeps it apart from the ground. */
export function drawShape(pen: CanvasRenderingContext2D, how: Standing, colours: Palette, across: number): void {
  const unit = across / 12
  pen.save()
  pen.scale(unit, unit)
  pen.beginPath()
  pen.arc(0, 0, 7.5, 0, 2 * Math.PI)
  pen.fillStyle = colours.paper
  pen.fill()
  pen.translate(-6, -6)
  pen.fillStyle = pen.strokeStyle = colours[COLOUR[how]] as string
  pen.beginPath()
  if (how === 'in_time') { pen.arc(6, 6, 5, 0, 2 * Math.PI); pen.fill() }
  else if (how === 'soon') {
    pen.arc(6, 6, 4.5, 0, 2 * Math.PI); pen.stroke()
    pen.beginPath(); pen.arc(6, 6, 5, -Math.PI / 2, Math.PI / 2); pen.fill()
  }
  else if (how === 'late') { pen.lineWidth = 2.6; pen.arc(6, 6, 4, 0, 2 * Math.PI); pen.stroke() }
  else if (how === 'held') { pen.fillRect(2.5, 2, 2.6, 8); pen.fillRect(6.9, 2, 2.6, 8) }
  else if (how === 'ended') { pen.lineWidth = 1.8; pen.moveTo(1.9, 6.4); pen.lineTo(4.6, 9.1); pen.lineTo(10, 3.2); pen.stroke() }
  else { pen.arc(6, 6, 2.4, 0, 2 * Math.PI); pen.fill() }
  pen.restore()
}
