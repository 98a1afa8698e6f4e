/** Who is signed in, and what they may do. */
import { reactive, readonly } from 'vue'
import { call } from '@/shared/api/call'

export interface Post { code: string; name: string; area_code: string; area_name: string; unit_code: string; unit_name: string }
export interface Me { id: string; login: string; name: string; unit_name?: string; rights: string[]; roles: Post[] }

const held = reactive<{ me: Me | null }>({ me: null })
export const session = readonly(held)

export async function loadSession(): Promise<Me> {
  held.me = await call<Me>('GET', '/api/me')
  return held.me
}

export const can = (right: string): boolean => held.me?.rights.includes(right) ?? false

/** The codes of the posts held. */
export const ownPosts = (): string[] => (held.me?.roles ?? []).map((post) => post.code)

export async function signOut(): Promise<void> {
  await call('DELETE', '/api/session')
  location.assign('/')
}
