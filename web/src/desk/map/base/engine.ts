/** The map engine, fetched when a map is first looked at. The build without blobs: its worker is a file of ours. */
import '@/desk/map/base/newer'
import type * as Engine from 'maplibre-gl'
import worker from '@/desk/map/base/worker?worker&url'

let loading: Promise<typeof Engine> | undefined

export function engine(): Promise<typeof Engine> {
  loading ??= import('maplibre-gl/dist/maplibre-gl-csp.js').then((loaded) => {
    const found = ((loaded as { default?: unknown }).default ?? loaded) as typeof Engine
    found.setWorkerUrl(worker)
    return found
  })
  loading.catch(() => { loading = undefined })
  return loading
}

/** Old computers and remote desktops: no WebGL, no map of this kind. */
export function drawsMaps(): boolean {
  try {
    const canvas = document.createElement('canvas')
    return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'))
  } catch {
    return false
  }
}
