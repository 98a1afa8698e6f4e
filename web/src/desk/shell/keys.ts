/** Reading keys: single ones and two in a row (`g t`). Pure: the clock and the press are given. */

export interface Press { key: string; ctrl?: boolean; alt?: boolean; meta?: boolean; typing?: boolean; composing?: boolean }

const PATIENCE = 1500

/**
 * A reader that remembers what it began. It answers which of `known` was pressed, or ''.
 * While somebody types, only Escape counts; with Ctrl, Alt or ⌘ held nothing does: those keys are the browser's.
 */
export function makeReader() {
  let begun = ''
  let at = 0
  return (press: Press, known: readonly string[], now: number): string => {
    const first = begun && now - at < PATIENCE ? begun : ''
    begun = ''
    if (press.composing || press.ctrl || press.alt || press.meta) return ''
    if (press.typing) return press.key === 'Escape' && known.includes('Escape') ? 'Escape' : ''
    const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
    const both = first && `${first} ${key}`
    if (both && known.includes(both)) return both
    if (known.includes(key)) return key
    if (known.some((one) => one.startsWith(`${key} `))) [begun, at] = [key, now]
    return ''
  }
}

/** As people read them: Esc, 回车, G 然后 T. */
export function keyWords(key: string): string[] {
  const names: Record<string, string> = { Escape: 'Esc', Enter: 'Enter', ArrowDown: '↓', ArrowUp: '↑', ' ': '空格' }
  return key === ' ' ? ['空格'] : key.split(' ').map((one) => names[one] ?? one)
}
