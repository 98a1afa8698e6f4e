/** Whose rules one may change: those of everywhere, or those of one's own area. */
import { session, type Post } from '@/shared/session'

/** The area that a page of rules opens with: '' for everywhere, else the first area where the post is held. */
export function ownArea(posts: readonly Post[], post = 'area_admin'): { value: string; name: string } | null {
  const held = posts.filter((each) => each.code === post)
  if (!held.length || held.some((each) => !each.area_code)) return null
  return { value: held[0]!.area_code, name: held[0]!.area_name }
}

export const mine = (): { value: string; name: string } | null => ownArea((session.me?.roles ?? []) as Post[])
