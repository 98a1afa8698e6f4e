/** The map's parts, loaded when they are shown; a desk built without them shows places in words. */
import { defineAsyncComponent, type Component } from 'vue'

const parts = import.meta.glob<{ default: Component }>(['@/desk/map/MiniMap.vue', '@/desk/map/PointPicker.vue'])

function part(name: string): Component | null {
  const found = Object.keys(parts).find((path) => path.endsWith(`/${name}.vue`))
  return found ? defineAsyncComponent(() => parts[found]!().then((made) => made.default)) : null
}

export const MiniMap = part('MiniMap')
export const PointPicker = part('PointPicker')
