/** What a camera wrote beside the pixels of a JPEG, carried over to a smaller copy: time and place are evidence, and a
 * canvas drops them. The copy is drawn upright, so the note of how it was turned is set back. Pure.
 */

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0]
const TURNED = 0x0112

/** The parts of the copy with what stands in the original; the copy alone where there is nothing that can be read. */
export function carried(original: Uint8Array, copy: Uint8Array): Uint8Array[] {
  const segment = found(original)
  if (!segment || copy[0] !== 0xff || copy[1] !== 0xd8 || !upright(segment)) return [copy]
  return [copy.slice(0, 2), segment, copy.slice(2)]
}

/** The segment that holds it, before the picture begins. */
function found(jpeg: Uint8Array): Uint8Array | null {
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8) return null
  for (let at = 2; at + 10 < jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda;) {
    const end = at + 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!
    if (jpeg[at + 1] === 0xe1 && EXIF.every((sign, place) => jpeg[at + 4 + place] === sign)) return end <= jpeg.length ? jpeg.slice(at, end) : null
    if (end < at + 4) return null
    at = end
  }
  return null
}

/** Whether the copy's pixels may be called upright: the mark is set to 1 where there is one. */
function upright(segment: Uint8Array): boolean {
  const view = new DataView(segment.buffer, segment.byteOffset + 10, segment.byteLength - 10)
  try {
    const little = view.getUint16(0) === 0x4949
    if (!little && view.getUint16(0) !== 0x4d4d) return false
    const first = view.getUint32(4, little)
    for (let place = 0; place < view.getUint16(first, little); place++) {
      const entry = first + 2 + place * 12
      if (view.getUint16(entry, little) === TURNED) view.setUint16(entry + 8, 1, little)
    }
    return true
  } catch {
    return false // it points out of itself
  }
}
