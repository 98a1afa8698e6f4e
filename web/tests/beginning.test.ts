import { describe, expect, it } from 'vitest'
import { mustBeStaffed } from '@/desk/ground/rules'
import { beginning } from '@/desk/router'

const begins = (...rights: string[]) => beginning((right) => rights.includes(right))

describe('where a day at the desk begins', () => {
  it('is the work that waits, for whoever has cases to do', () => {
    expect(begins('case.read', 'case.report', 'case.export')).toBe('/today')
  })

  it('is never an empty queue for those who have none', () => {
    expect(begins('case.read', 'case.export')).toBe('/overview')
    expect(begins('case.read', 'area.manage', 'user.read')).toBe('/ground')
    expect(begins('user.create', 'system.read')).toBe('/people')
    expect(begins('user.grant', 'user.dismiss')).toBe('/people')
    expect(begins('audit.read', 'journal.verify')).toBe('/settings/operations')
  })

  it('is said to be nowhere for somebody without any right', () => {
    expect(begins()).toBe('/nothing')
  })
})

describe('who must answer for an area', () => {
  it('a grid needs somebody every day, a street does not', () => {
    expect(mustBeStaffed('responsibility')).toBe(true)
    expect(mustBeStaffed('street')).toBe(false)
    expect(mustBeStaffed('unit')).toBe(false)
  })
})
