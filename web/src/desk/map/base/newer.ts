/** What the map engine calls and Chromium 85 does not know yet. */
type Loose = Record<string, unknown>

const add = (on: object, name: string, value: unknown) => {
  if (!(name in (on as Loose))) Object.defineProperty(on, name, { value, writable: true, configurable: true })
}

function at<T>(this: ArrayLike<T>, index: number): T | undefined {
  const place = Math.trunc(index) || 0
  return this[place < 0 ? this.length + place : place]
}

add(Array.prototype, 'at', at)
add(Object.getPrototypeOf(Int8Array.prototype) as object, 'at', at)
add(Object, 'hasOwn', (on: object, name: PropertyKey) => Object.prototype.hasOwnProperty.call(on, name))
