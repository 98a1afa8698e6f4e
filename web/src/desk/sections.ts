/** What the desk is made of: one folder each, named here and nowhere else. */
import type { RouteRecordRaw } from 'vue-router'
import { cases } from '@/desk/cases/section'

export interface Section {
  /** Its words: the key of its name in the navigation. */
  name: string
  path: string
  /** The path of a 24 × 24 icon, drawn with a 1.6 wide line. */
  icon: string
  /** Shown to those who hold one of these rights; empty: to everybody. */
  rights: string[]
  routes: RouteRecordRaw[]
}

export const sections: Section[] = [...cases]
