declare module 'maplibre-gl/dist/maplibre-gl-csp.js' {
  export * from 'maplibre-gl'
}
declare module 'maplibre-gl/dist/maplibre-gl-csp-worker.js'
