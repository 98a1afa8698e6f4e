/** What the desk is made of: one folder each, named here and nowhere else. */
import type { Ref } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import { batches } from '@/desk/batches/section'
import { cases } from '@/desk/cases/section'
import { clocks } from '@/desk/clocks/section'
import { ground } from '@/desk/ground/section'
import { map } from '@/desk/map/section'
import { meetings } from '@/desk/meetings/section'
import { mediation } from '@/desk/mediation/section'
import { messages } from '@/desk/messages/section'
import { overview } from '@/desk/overview/section'
import { partsRegister } from '@/desk/parts_register/section'
import { people } from '@/desk/people/section'
import { referrals } from '@/desk/referrals/section'
import { settings } from '@/desk/settings/section'

export interface Section {
  /** Its words: the key of its name in the navigation. */
  name: string
  path: string
  /** The path of a 24 × 24 icon, drawn with a 1.6 wide line. */
  icon: string
  /** Shown to those who hold one of these rights; empty: to everybody. */
  rights: string[]
  routes: RouteRecordRaw[]
  /** `g` and this letter lead here. */
  key?: string
  /** The path of the section whose page this is: it stands in the strip above that section, not among the ways in. */
  under?: string
  /** A number beside the icon, 0 for none, and what it counts. Called once, when the desk is set up. */
  badge?: () => { count: Readonly<Ref<number>>; words: string }
}

/** The ways in: what is a page of another stands there, unless that other is closed to this person. */
export const waysIn = (open: Section[]): Section[] => open.filter(({ under }) => !under || !open.some((each) => each.path === under))

/** The pages among which `here` stands, the way in first; none when it stands alone. */
export function pagesBeside(open: Section[], here: Section | undefined): Section[] {
  const pages = open.filter(({ path, under }) => here && [path, under].includes(here.under ?? here.path))
  return pages.length > 1 && pages.some((each) => !each.under) ? pages : []
}

export const sections: Section[] = [
  ...cases, ...batches, ...meetings, ...mediation, ...clocks, ...referrals, ...map, ...ground, ...partsRegister, ...people, ...overview, ...messages, ...settings,
]
