import { describe, expect, test } from 'vitest'
import { pagesBeside, waysIn, type Section } from '@/desk/sections'

const page = (path: string, under?: string): Section => ({ name: path, path, icon: '', rights: [], routes: [], ...(under ? { under } : {}) })
const cases = page('/cases')
const orders = page('/orders', '/cases')
const inbox = page('/inbox', '/cases')
const map = page('/map')
const paths = (sections: Section[]) => sections.map((each) => each.path)

describe('pages of a section', () => {
  test('are not among the ways in', () => expect(paths(waysIn([cases, orders, inbox, map]))).toEqual(['/cases', '/map']))
  test('are ways in themselves where their section is closed', () => expect(paths(waysIn([orders, map]))).toEqual(['/orders', '/map']))
  test.each([cases, orders, inbox])('stand beside one another, from $path', (here) => expect(paths(pagesBeside([cases, orders, inbox, map], here))).toEqual(['/cases', '/orders', '/inbox']))
  test('are none beside a section that stands alone', () => expect(pagesBeside([cases, orders, map], map)).toEqual([]))
  test('are none where their section is closed', () => expect(pagesBeside([orders, inbox, map], orders)).toEqual([]))
  test('are none nowhere', () => expect(pagesBeside([cases, orders], undefined)).toEqual([]))
})
