/** Where this phone is, as degrees (WGS-84), or why that is not known. */

export interface Position { lon: number; lat: number; metres: number }

export function position(): Promise<Position> {
  return new Promise((found, failed) => {
    if (!navigator.geolocation) return failed(new Error('no geolocation'))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ lon: coords.longitude, lat: coords.latitude, metres: Math.round(coords.accuracy) }),
      failed, { enableHighAccuracy: true, timeout: 15_000, maximumAge: 20_000 })
  })
}

/** Metres between two points, near enough for a walk. */
export function metres(one: { lon: number; lat: number }, other: { lon: number; lat: number }): number {
  const east = (one.lon - other.lon) * Math.cos((one.lat * Math.PI) / 180)
  return 111_320 * Math.hypot(east, one.lat - other.lat)
}

/** 80 米, 1.2 公里 */
export const far = (distance: number): string => distance < 950 ? `${Math.round(distance / 10) * 10} 米` : `${(distance / 1000).toFixed(1)} 公里`
