import { describe, expect, it } from 'vitest'
import { linesOf, nameIn, NOTHING, PAPERS, together } from '@/desk/ground/archive/papers'

describe('papers', () => {
  it('are named as the service says', () => {
    expect(nameIn("inline; filename*=utf-8''%E6%9E%AB%E6%9E%97%E7%BD%91%E6%A0%BC%E5%9B%BE.pdf", 'x.pdf')).toBe('枫林网格图.pdf')
    expect(nameIn('inline; filename="map.pdf"', 'x.pdf')).toBe('map.pdf')
    expect(nameIn('', 'x.pdf')).toBe('x.pdf')
    expect(nameIn("inline; filename*=utf-8''%E6%9", 'x.pdf')).toBe('x.pdf')
  })

  it('each have an address of their own, and those with a map need an outline', () => {
    expect(new Set(PAPERS.map((paper) => paper.path)).size).toBe(PAPERS.length)
    expect(PAPERS.filter((paper) => paper.drawn).every((paper) => /^(map|board)\.pdf/.test(paper.path))).toBe(true)
  })
})

describe('writing bounds in batches', () => {
  it('adds up, and the last batch says where to go on', () => {
    const one = { written: 3, unchanged: 1, kept: 2, unknown: 0, lacking: ['a'], next: 'x', left: 9 }
    const two = { written: 1, unchanged: 0, kept: 0, unknown: 4, lacking: ['b'], next: null, left: 0 }
    expect(together(together(NOTHING, one), two)).toEqual({ written: 4, unchanged: 1, kept: 2, unknown: 4, lacking: ['a', 'b'], next: null, left: 0 })
  })
})

describe('lines of a board', () => {
  it('are kept without blanks and empty ones', () => {
    expect(linesOf(' 走访 \n\n  \n巡查')).toEqual(['走访', '巡查'])
  })
})
