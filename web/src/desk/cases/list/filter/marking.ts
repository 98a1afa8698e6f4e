/** Where the words that were searched stand in a text. Pure. */

export interface Piece { text: string; hit: boolean }

/** As the service folds, sign by sign so that places stay: narrow forms, small letters. Of traditional signs it knows more. */
const folded = (text: string): string[] => [...text].map((sign) => {
  const narrow = sign.normalize('NFKC').toLowerCase()
  return [...narrow].length === 1 ? narrow : sign
})

export const sought = (words: string): string[] => [...new Set(folded(words).join('').split(/\s+/).filter(Boolean))]

/** Whether it takes more to be searched: one sign alone stands in too many cases. */
export const tooShort = (words: string): boolean => !sought(words).some((piece) => [...piece].length > 1)

/** The text in pieces, those that were searched told apart. Of words that overlap, one stretch. */
export function marked(text: string, words: string): Piece[] {
  const signs = [...text]
  const plain = folded(text)
  const hit = new Array<boolean>(signs.length).fill(false)
  for (const piece of sought(words)) {
    const wanted = [...piece]
    for (let at = 0; at + wanted.length <= plain.length; at++) {
      if (wanted.every((sign, place) => plain[at + place] === sign)) hit.fill(true, at, at + wanted.length)
    }
  }
  const pieces: Piece[] = []
  signs.forEach((sign, place) => {
    const last = pieces[pieces.length - 1]
    if (last && last.hit === hit[place]) last.text += sign
    else pieces.push({ text: sign, hit: hit[place]! })
  })
  return pieces
}
