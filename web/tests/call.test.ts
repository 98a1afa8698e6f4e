import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newKey, queryString } from '@/shared/api/call'

describe('speaking to the service', () => {
  it('makes version 7 ids that sort by their time', () => {
    const ids = [1, 2 ** 40, 2 ** 45].map((now) => newKey(now, new Uint8Array(10).fill(255)))
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true)
    expect([...ids].sort()).toEqual(ids)
  })

  it('repeats what is a list and leaves out what is empty', () => {
    expect(queryString({ state: ['filed', 'handling'], late: true, area: '', mine: false, limit: 50 })).toBe('?state=filed&state=handling&late=true&limit=50')
  })

  it('asks no address that the interface does not have', () => {
    const known = Object.keys(JSON.parse(readFileSync('../docs/openapi.json', 'utf8')).paths).map((path) => path.replace(/\{[^}]+\}/g, '{}'))
    const asked = files('src').flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:call|ask)(?:<[^()]*>)?\(\s*'(?:GET|POST|PUT|PATCH|DELETE)',\s*[`']([^`'?]+)/g)]
      .map((found) => found[1]!.replace(/\$\{[^}]+\}/g, '{}')))
    expect(asked.length).toBeGreaterThan(3)
    const fits = (path: string) => {  // a part that the code fills in may be any word; an address that begins with one is built elsewhere
      const pattern = new RegExp(`^${path.split('{}').map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')).join('[^/]+')}$`)
      return path.startsWith('{}') || known.some((one) => pattern.test(one))
    }
    expect([...new Set(asked)].filter((path) => !fits(path))).toEqual([])
  })
})

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => entry.isDirectory() ? files(join(folder, entry.name))
    : /\.(ts|vue)$/.test(entry.name) ? [join(folder, entry.name)] : [])
}
