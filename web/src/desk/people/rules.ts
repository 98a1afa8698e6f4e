/** Who does what about people: each of the three administrators has a part, and the page says whose it is. */
import { can } from '@/shared/session'

export interface Role { code: string; zh: string; duty: string; rights: string[] }
export interface Held {
  id: number; role: string; zh: string; area_code: string; area_name?: string; unit_code: string; unit_name?: string; since: string; until: string | null
}
export interface Person {
  id: string; login: string; name: string; unit_code: string; unit_name?: string; active: boolean; locked_until: string | null; has_password: boolean; roles: Held[]
}

/** Units stand in no area: who looks after them does so everywhere, or is tied to a unit. */
export const managesUnits = (posts: readonly { code: string; area_code: string; unit_code: string }[]): boolean =>
  posts.some((post) => ['system_admin', 'area_admin'].includes(post.code) && (!post.area_code || !!post.unit_code))

const PARTS: [string, string][] = [['user.create', 'not_create'], ['user.reset', 'not_reset'], ['user.grant', 'not_grant'], ['user.dismiss', 'not_dismiss']]

/** What is not here for this person: keys of the words that say whose it is. */
export const notHere = (may: (right: string) => boolean = can): string[] => PARTS.filter(([right]) => !may(right)).map(([, words]) => words)

const ADMINISTRATION = new Set(['system', 'security', 'audit'])

/** The posts that can be given on a screen, by their duty in the order of the service. */
export function givable(roles: readonly Role[]): Role[] {
  return roles.filter((role) => !ADMINISTRATION.has(role.duty))
}

/** Those that the separation of duties excludes beside what is held: shown, but not to be chosen. */
export function excluded(wanted: Role, held: readonly Held[], roles: readonly Role[]): string {
  for (const each of held) {
    const other = roles.find((role) => role.code === each.role)
    if (!other || other.code === wanted.code) continue
    if (ADMINISTRATION.has(other.duty) || (other.duty && wanted.duty && other.duty !== wanted.duty)) return other.zh
  }
  return ''
}

/** A day chosen in a calendar as an instant: its beginning, or with `end` the beginning of the next one. */
export function instant(day: string | null, end = false): string | null {
  if (!day) return null
  const [year, month, date] = day.split('-').map(Number)
  return new Date(year!, month! - 1, date! + (end ? 1 : 0)).toISOString()
}

/** The last day of a period that ends at an instant, as YYYY-MM-DD. */
export function lastDay(until: string): string {
  const at = new Date(new Date(until).getTime() - 1)
  return [at.getFullYear(), String(at.getMonth() + 1).padStart(2, '0'), String(at.getDate()).padStart(2, '0')].join('-')
}
