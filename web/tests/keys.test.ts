import { describe, expect, it } from 'vitest'
import { keyWords, makeReader } from '@/desk/shell/keys'

const KNOWN = ['j', 'k', '/', '?', 'g t', 'g c', 'Escape', 'Enter']
const press = (key: string, more = {}) => ({ key, ...more })

describe('keys', () => {
  it('reads single keys and two in a row', () => {
    const read = makeReader()
    expect(['j', 'J', '/', '?', 'Enter', 'x'].map((key) => read(press(key), KNOWN, 0))).toEqual(['j', 'j', '/', '?', 'Enter', ''])
    expect([read(press('g'), KNOWN, 0), read(press('t'), KNOWN, 900)]).toEqual(['', 'g t'])
  })

  it('forgets what was begun too long ago or went another way', () => {
    const read = makeReader()
    read(press('g'), KNOWN, 0)
    expect(read(press('t'), KNOWN, 2000)).toBe('')
    read(press('g'), KNOWN, 3000)
    expect(read(press('j'), KNOWN, 3100)).toBe('j')
    expect(read(press('t'), KNOWN, 3200)).toBe('')
  })

  it('leaves those who type alone, and the keys of the browser', () => {
    const read = makeReader()
    expect(read(press('j', { typing: true }), KNOWN, 0)).toBe('')
    expect(read(press('Escape', { typing: true }), KNOWN, 0)).toBe('Escape')
    expect(read(press('Escape', { typing: true, composing: true }), KNOWN, 0)).toBe('')
    expect(['ctrl', 'alt', 'meta'].map((held) => read(press('k', { [held]: true }), KNOWN, 0))).toEqual(['', '', ''])
    read(press('g', { typing: true }), KNOWN, 0)
    expect(read(press('t'), KNOWN, 1)).toBe('')
  })

  it('says them as people do', () => {
    expect(['g t', 'Escape', 'j'].map(keyWords)).toEqual([['g', 't'], ['Esc'], ['j']])
  })
})
