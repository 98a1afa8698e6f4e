import { describe, expect, it } from 'vitest'
import { EARLY, leads, mayMerge, pieces } from '@/desk/cases/one/similar/similar'
import { standing } from '@/shared/words/time'

describe('similar cases', () => {
  it('lets the one that was reported first lead', () => {
    expect(leads({ reported_at: '2026-11-23T01:00:00Z' }, { reported_at: '2026-11-23T02:00:00Z' })).toBe(true)
    expect(leads({ reported_at: '2026-11-23T03:00:00Z' }, { reported_at: '2026-11-23T02:00:00Z' })).toBe(false)
  })
  it('offers merging to those who decide what comes in', () => {
    expect(mayMerge(['acceptor'])).toBe(true)
    expect(mayMerge(['supervisor', 'handler', 'dispatcher'])).toBe(false)
    expect(mayMerge([])).toBe(false)
  })
  it('says what both tell of', () => expect(pieces(['枫林路12号门', '路灯'])).toBe('“枫林路12号门”“路灯”'))
  it('looks for similar ones before anybody has it in hand', () => expect(EARLY).not.toContain('handling'))
  it('has no clock for what is part of another', () => expect(standing({ state: 'merged', due_at: null })).toBe('untimed'))
})
