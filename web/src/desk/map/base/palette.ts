/** The colours of the map, read from the tokens of the page: canvas and WebGL know no CSS variables. */
import { onScopeDispose } from 'vue'

const NAMES = {
  land: '--map-land', water: '--map-water', green: '--map-green', building: '--map-building', buildingEdge: '--map-building-edge',
  street: '--map-street', streetEdge: '--map-street-edge', label: '--map-label', labelSoft: '--map-label-soft', halo: '--map-halo',
  border: '--map-border', paper: '--paper', ink: '--ink', inkSoft: '--ink-soft', accent: '--accent', accentWash: '--accent-wash',
  inTime: '--in-time', soon: '--soon', late: '--late', held: '--held', ended: '--ended', font: '--font',
  tone0: '--tone-0', tone1: '--tone-1', tone2: '--tone-2', tone3: '--tone-3', tone4: '--tone-4', tone5: '--tone-5', tone6: '--tone-6', tone7: '--tone-7',
} as const

export type Palette = Record<keyof typeof NAMES, string> & { base: number }

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  const found = Object.fromEntries(Object.entries(NAMES).map(([key, name]) => [key, read(name)]))
  return { ...found, base: parseFloat(read('--base')) || 14 } as Palette
}

/** Calls `again` when theme or size of type change, until the component goes. */
export function onLook(again: () => void): void {
  const watching = new MutationObserver(again)
  watching.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-size'] })
  onScopeDispose(() => watching.disconnect())
}

export const lessMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches
