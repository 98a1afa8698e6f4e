/** Classes chosen lately on this device, the newest first. */

export interface KnownClass { full_code: string; code: string; name: string; major_name: string }

const STORED = 'jingwei.classes'
const MOST = 8

export function recentClasses(): KnownClass[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORED) ?? '[]')
    return Array.isArray(kept) ? kept.filter((each) => typeof each?.full_code === 'string') : []
  } catch {
    return []
  }
}

export const withRecent = (kept: KnownClass[], chosen: KnownClass): KnownClass[] =>
  [chosen, ...kept.filter((each) => each.full_code !== chosen.full_code)].slice(0, MOST)

export function rememberClass({ full_code, code, name, major_name }: KnownClass): void {
  localStorage.setItem(STORED, JSON.stringify(withRecent(recentClasses(), { full_code, code, name, major_name })))
}
