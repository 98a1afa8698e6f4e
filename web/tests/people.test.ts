import { describe, expect, it } from 'vitest'
import { csvLine, csvOf } from '@/desk/parts/csv'
import { fieldOf, useDeed } from '@/desk/parts/deed'
import { firstPage, nextPage, pageBack, pageNumber } from '@/desk/parts/pages'
import { chainOf, found, treeOf, type Unit } from '@/desk/parts/units'
import { excluded, givable, instant, lastDay, managesUnits, notHere, type Held, type Role } from '@/desk/people/rules'
import { Refused } from '@/shared/api/call'

const unit = (id: number, code: string, parent: number | null): Unit => ({ id, code, name: `${code}局`, kind: 'bureau', parent_id: parent, path: '', active: true })
const UNITS = [unit(1, 'A', null), unit(3, 'C', 1), unit(2, 'B', 1), unit(4, 'D', 3), unit(5, 'E', 99)]

describe('the tree of units', () => {
  it('puts each below its parent by code, and one without its parent at the top', () => {
    const tree = treeOf(UNITS)
    expect(tree.map((node) => node.code)).toEqual(['A', 'E'])
    expect(tree[0]!.children.map((node) => [node.code, node.depth])).toEqual([['B', 1], ['C', 1]])
  })

  it('finds by code and name, and keeps what stands above', () => {
    expect(found(UNITS, 'd').map((row) => row.code)).toEqual(['A', 'C', 'D'])
    expect(chainOf(UNITS, UNITS[3]!)).toBe('A局 / C局 / D局')
  })
})

const role = (code: string, duty: string): Role => ({ code, zh: code, duty, rights: [] })
const ROLES = [role('system_admin', 'system'), role('leader', ''), role('acceptor', 'supervision'), role('shift_leader', 'supervision'), role('handler', 'handling')]
const held = (code: string): Held => ({ id: 1, role: code, zh: code, area_code: '', unit_code: '', since: '', until: null })

describe('posts', () => {
  it('offers none of the three administrators', () => {
    expect(givable(ROLES).map((each) => each.code)).not.toContain('system_admin')
  })

  it('names what excludes a post, and lets posts of one duty stand together', () => {
    expect(excluded(ROLES[4]!, [held('acceptor')], ROLES)).toBe('acceptor')
    expect(excluded(ROLES[3]!, [held('acceptor')], ROLES)).toBe('')
    expect(excluded(ROLES[1]!, [held('system_admin')], ROLES)).toBe('system_admin')
  })

  it('counts the last day in', () => {
    expect(lastDay(instant('2026-12-31', true)!)).toBe('2026-12-31')
    expect(instant(null)).toBeNull()
  })

  it('says who looks after units: they stand in no area', () => {
    const post = (code: string, area_code: string, unit_code = '') => ({ code, area_code, unit_code })
    expect([managesUnits([post('system_admin', '')]), managesUnits([post('area_admin', '990101', 'A')]), managesUnits([post('system_admin', '990101')]), managesUnits([post('leader', '')])]).toEqual([true, true, false, false])
  })

  it('says whose work it is that is not here', () => {
    expect(notHere((right) => right === 'user.create' || right === 'user.reset')).toEqual(['not_grant', 'not_dismiss'])
  })
})

describe('a deed', () => {
  it('shows a refusal at the field that its code or the check names', () => {
    const fields = { 'account.login_taken': 'login', name: 'name' }
    expect(fieldOf(new Refused(409, 'account.login_taken', ''), fields)).toBe('login')
    expect(fieldOf(new Refused(400, 'request.bad', '', [{ field: 'name', why: '' }]), fields)).toBe('name')
    expect(fieldOf(new Refused(403, 'account.no_right', ''), fields)).toBe('')
  })

  it('carries the same key while the same is sent again, and another once something changed', async () => {
    const deed = useDeed()
    const keys: string[] = []
    const fail = async (key: string) => { keys.push(key); throw new Refused(0, 'unreachable', '') }
    await deed.send({ a: 1 }, fail)
    await deed.send({ a: 1 }, fail)
    await deed.send({ a: 2 }, fail)
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[1])
    expect(deed.rest()?.code).toBe('unreachable')
    expect(await deed.send({ a: 2 }, async () => undefined)).toBe(true)
    expect(deed.refused).toBeNull()
  })
})

describe('pages and files', () => {
  it('finds the way back', () => {
    const third = nextPage(nextPage(firstPage(), 'b'), 'c')
    expect([pageNumber(third), pageBack(third).at, pageBack(pageBack(third)).at]).toEqual([3, 'b', ''])
  })

  it('quotes what has to be, and shows a formula as text', () => {
    expect(csvLine(['一', 'a,b', '说"好"', '=1+1', '-3'])).toBe(`一,"a,b","说""好""",'=1+1,-3`)
    expect(csvOf([['a'], ['b']])).toBe('a\r\nb\r\n')
  })
})
