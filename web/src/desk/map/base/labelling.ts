/** Names along streets on a plain canvas: each once, where there is room for it, none upon another. */
import type { View } from '@/desk/map/base/mercator'
import type { Palette } from '@/desk/map/base/palette'

export type Along = { x: number; y: number }[]
interface Placing { text: string; x: number; y: number; angle: number; room: number }
export interface Taken { left: number; right: number; top: number; bottom: number }

/** A stretch bent more than this is left without a name. */
const STRAIGHT = 0.94
const MARGIN = 6

export class Labels {
  private readonly found = new Map<string, Placing>()

  constructor(private readonly view: View, private readonly colours: Palette, private readonly taken: Taken[] = []) {}

  /** Remembers the longest stretch of a street that is in sight. */
  along(text: string, line: Along, width: number): void {
    if (this.view.zoom < 14.5 && width < 4) return
    const stretch = inSight(line, this.view)
    if (stretch.length < 2) return
    const [first, last] = [stretch[0]!, stretch[stretch.length - 1]!]
    const chord = Math.hypot(last.x - first.x, last.y - first.y)
    if (chord < STRAIGHT * lengthOf(stretch)) return
    const known = this.found.get(text)
    if (known && known.room >= chord) return
    const { x, y } = middleOf(stretch)
    this.found.set(text, { text, x, y, angle: upright(Math.atan2(last.y - first.y, last.x - first.x)), room: chord })
  }

  write(pen: CanvasRenderingContext2D): void {
    const size = Math.max(11, this.colours.base - 2)
    pen.font = `${size}px ${this.colours.font}`
    pen.textAlign = 'center'
    pen.textBaseline = 'middle'
    pen.lineWidth = 3
    pen.strokeStyle = this.colours.halo
    pen.fillStyle = this.colours.labelSoft
    for (const { text, x, y, angle, room } of [...this.found.values()].sort((one, other) => other.room - one.room)) {
      const long = pen.measureText(text).width
      if (long > room || !this.take(x, y, long, size, angle)) continue
      pen.save()
      pen.translate(x, y)
      pen.rotate(angle)
      pen.strokeText(text, 0, 0)
      pen.fillText(text, 0, 0)
      pen.restore()
    }
  }

  private take(x: number, y: number, long: number, high: number, angle: number): boolean {
    const halfX = (Math.abs(Math.cos(angle)) * long + Math.abs(Math.sin(angle)) * high) / 2 + MARGIN
    const halfY = (Math.abs(Math.sin(angle)) * long + Math.abs(Math.cos(angle)) * high) / 2 + MARGIN
    const box = { left: x - halfX, right: x + halfX, top: y - halfY, bottom: y + halfY }
    if (box.left < 0 || box.top < 0 || box.right > this.view.width || box.bottom > this.view.height) return false
    if (this.taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) return false
    this.taken.push(box)
    return true
  }
}

/** The part of a line within the picture: its longest run of points in sight, with the crossing of the edge left out. */
export function inSight(line: Along, view: View): Along {
  const inside = ({ x, y }: { x: number; y: number }) => x >= 0 && y >= 0 && x <= view.width && y <= view.height
  let best: Along = []
  let run: Along = []
  for (const point of densified(line)) {
    if (inside(point)) { run.push(point); if (run.length > best.length) best = run } else run = []
  }
  return best
}

function densified(line: Along): Along {
  const out: Along = []
  for (let index = 1; index < line.length; index++) {
    const [from, to] = [line[index - 1]!, line[index]!]
    const steps = Math.max(1, Math.min(400, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 8)))
    for (let step = 0; step < steps; step++) out.push({ x: from.x + (to.x - from.x) * step / steps, y: from.y + (to.y - from.y) * step / steps })
  }
  if (line.length) out.push(line[line.length - 1]!)
  return out
}

const lengthOf = (line: Along) => line.reduce((sum, { x, y }, index) => (index ? sum + Math.hypot(x - line[index - 1]!.x, y - line[index - 1]!.y) : 0), 0)
const middleOf = (line: Along) => line[Math.floor(line.length / 2)]!

/** Never upside down. */
export const upright = (angle: number): number => (angle > Math.PI / 2 ? angle - Math.PI : angle < -Math.PI / 2 ? angle + Math.PI : angle)
