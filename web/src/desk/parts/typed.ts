/** Whether a form holds something else than when it was shown, and how to put it back. Pure. */

export interface Typed { changed: () => boolean; putBack: () => void }

export function typedIn(form: () => object): Typed {
  const before = { ...form() }
  const seen = JSON.stringify(before)
  return { changed: () => JSON.stringify(form()) !== seen, putBack: () => { Object.assign(form(), before) } }
}
