import { describe, expect, it } from 'vitest'
import { inSight, upright } from '@/desk/map/base/labelling'
import { saidPlace, tilesFor, toGround, toScreen, world, type View } from '@/desk/map/base/mercator'
import type { Palette } from '@/desk/map/base/palette'
import { baseStyle, fonts } from '@/desk/map/base/style'
import { borderWidth, streetWidth } from '@/desk/map/base/widths'
import { standingOf } from '@/desk/map/marks/shapes'

const view: View = { lon: 102, lat: 40.5, zoom: 16.2, width: 420, height: 180 }

describe('the projection', () => {
  it('puts the middle of a view in the middle of the screen', () => {
    expect(toScreen(view, view)).toEqual({ x: 210, y: 90 })
  })

  it('comes back to the place it went out from, at every corner', () => {
    for (const pixel of [{ x: 0, y: 0 }, { x: 420, y: 180 }, { x: 13, y: 170 }]) {
      const { x, y } = toScreen(toGround(pixel, view), view)
      expect(x).toBeCloseTo(pixel.x, 4)
      expect(y).toBeCloseTo(pixel.y, 4)
    }
  })

  it('knows the corner and the middle of the world', () => {
    expect(world({ lon: -180, lat: 85.0511287798 }, 0).y).toBeCloseTo(0, 6)
    expect(world({ lon: 0, lat: 0 }, 0)).toEqual({ x: 256, y: 256 })
  })

  it('covers a view with tiles without a gap, none deeper than there are', () => {
    const tiles = tilesFor(view, 0, 16)
    expect(new Set(tiles.map(({ z }) => z))).toEqual(new Set([16]))
    expect(Math.min(...tiles.map(({ left }) => left))).toBeLessThanOrEqual(0)
    expect(Math.max(...tiles.map(({ left, size }) => left + size))).toBeGreaterThanOrEqual(view.width)
    expect(Math.min(...tiles.map(({ top }) => top))).toBeLessThanOrEqual(0)
    expect(Math.max(...tiles.map(({ top, size }) => top + size))).toBeGreaterThanOrEqual(view.height)
  })

  it('says a place as people read it', () => {
    expect(saidPlace({ lon: 102.001274, lat: 40.50233 })).toBe('东经 102.00127° 北纬 40.50233°')
  })
})

describe('the look of the ground', () => {
  const told = { version: 'v', bounds: null, layers: [], tiles: '/api/map/v/{z}/{x}/{y}.mvt', minzoom: 0, maxzoom: 16 }
  const colours = { font: '"PingFang SC", "Microsoft YaHei", sans-serif', base: 14, accent: '#0f6e6e' } as Palette
  const style = baseStyle(told, colours, 'http://desk')

  it('asks no server of fonts or pictures, and only this host for tiles', () => {
    expect(style.glyphs).toBeUndefined()
    expect(style.sprite).toBeUndefined()
    expect(JSON.stringify(style.sources)).toContain('"tiles":["http://desk/api/map/v/{z}/{x}/{y}.mvt"]')
    expect(JSON.stringify(style).match(/https?:/g)).toHaveLength(1)
  })

  it('draws streets and borders thicker the more they matter, and streets wider the nearer', () => {
    expect(streetWidth('主干路', 16)).toBeGreaterThan(streetWidth('支路', 16))
    expect(streetWidth('支路', 16)).toBeGreaterThan(streetWidth('巷', 16))
    expect(streetWidth('巷', 18)).toBeGreaterThan(streetWidth('巷', 16))
    expect([3, 4, 5, 6, 7].map((level) => borderWidth(level, 16)).every((width, index, all) => !index || width < all[index - 1]!)).toBe(true)
    expect(borderWidth(7, 12)).toBe(0)
  })

  it('hands the fonts over one by one', () => {
    expect(fonts(colours.font)).toEqual(['PingFang SC', 'Microsoft YaHei', 'sans-serif'])
  })

  it('writes no name upside down, and only along what is in sight', () => {
    for (let angle = -Math.PI; angle <= Math.PI; angle += 0.1) expect(Math.abs(upright(angle))).toBeLessThanOrEqual(Math.PI / 2 + 1e-9)
    const seen = inSight([{ x: -100, y: 50 }, { x: 100, y: 50 }], view)
    expect(seen[0]!.x).toBeGreaterThanOrEqual(0)
    expect(seen[seen.length - 1]!.x).toBe(100)
  })
})

describe('the mark of a case', () => {
  const now = new Date('2026-11-28T10:00:00Z')

  it('is the one of the list where the instant is told', () => {
    expect(standingOf({ state: 'dispatched', late: false, due_at: '2026-11-28T11:00:00Z' }, now)).toBe('soon')
    expect(standingOf({ state: 'dispatched', late: true, due_at: '2026-11-28T09:00:00Z' }, now)).toBe('late')
    expect(standingOf({ state: 'dispatched', late: false, due_at: null }, now)).toBe('untimed')
  })

  it('goes by "late" where it is not', () => {
    expect(standingOf({ state: 'dispatched', late: true })).toBe('late')
    expect(standingOf({ state: 'dispatched', late: false })).toBe('in_time')
    expect(standingOf({ state: 'suspended', late: true })).toBe('held')
    expect(standingOf({ state: 'closed', late: true })).toBe('ended')
  })
})
