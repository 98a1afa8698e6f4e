import { describe, expect, it } from 'vitest'
import { carried } from '@/field/exif'

const COPY = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9])

/** A JPEG's beginning with one tag 0x0112 of value `turned` behind a comment, in either order of bytes. */
function jpeg(turned: number, little: boolean, { first = 8, order = little ? 0x4949 : 0x4d4d, cut = 0 } = {}): Uint8Array {
  const tiff = new DataView(new ArrayBuffer(26))
  tiff.setUint16(0, order)
  tiff.setUint16(2, 42, little)
  tiff.setUint32(4, first, little)
  tiff.setUint16(8, 1, little)
  tiff.setUint16(10, 0x0112, little)
  tiff.setUint16(12, 3, little)
  tiff.setUint32(14, 1, little)
  tiff.setUint16(18, turned, little)
  const whole = [0xff, 0xd8, 0xff, 0xfe, 0, 3, 7, 0xff, 0xe1, 0, 34, ...[...'Exif'].map((sign) => sign.charCodeAt(0)), 0, 0, ...new Uint8Array(tiff.buffer), 0xff, 0xda, 0, 2, 9, 9, 9, 9, 9, 9, 9, 9, 9]
  return new Uint8Array(whole.slice(0, whole.length - cut))
}
const joined = (parts: Uint8Array[]) => parts.flatMap((part) => [...part])

describe('what the camera wrote', () => {
  it.each([true, false])('goes with the smaller copy, which is upright (little end first: %s)', (little) => {
    const parts = carried(jpeg(6, little), COPY)
    expect(joined(parts)).toEqual([0xff, 0xd8, ...jpeg(1, little).slice(7, 43), ...COPY.slice(2)])
  })
  it.each([
    ['no JPEG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0])], ['nothing', new Uint8Array()],
    ['a picture without it', COPY], ['cut off', jpeg(6, true, { cut: 20 })], ['no order of bytes', jpeg(6, true, { order: 0 })],
    ['a table out of bounds', jpeg(6, true, { first: 9000 })], ['a segment of no length', new Uint8Array([0xff, 0xd8, 0xff, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ])('is left out where it is %s', (_, original) => expect(carried(original, COPY)).toEqual([COPY]))
})
