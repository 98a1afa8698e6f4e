import { describe, expect, it } from 'vitest'
import { peopleOf } from '@/desk/cases/claims/claim'
import { linesOf, yearsOf, type Rates } from '@/desk/cases/proposals/proposal'

describe('how many people a claim concerns', () => {
  it.each([['', undefined], ['  ', undefined], ['12', 12], [' 3 ', 3], ['0', NaN], ['-1', NaN], ['1.5', NaN], ['很多', NaN], ['1000000', NaN]])('%o is read as %o', (typed, people) => {
    expect(peopleOf(typed)).toEqual(people)
  })
})

describe('the three rates of proposals', () => {
  const rates = (what: string): Rates => ({ what, all: 1, key: 0, closed: 0, answered: 0, satisfied: 0, asked: 0, closed_rate: '', visited_rate: '', satisfied_rate: '' })

  it('say the whole only of several kinds', () => {
    expect(linesOf([rates('npc'), rates('')]).map((each) => each.what)).toEqual(['npc'])
    expect(linesOf([rates('npc'), rates('cppcc'), rates('')]).map((each) => each.what)).toEqual(['npc', 'cppcc', ''])
  })

  it('can be asked of the present year even before there are any', () => {
    expect(yearsOf({ year: 2026, years: [] })).toEqual([2026])
    expect(yearsOf({ year: 2024, years: [2026, 2025, 2024] })).toEqual([2026, 2025, 2024])
  })
})
