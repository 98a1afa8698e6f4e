import { createRouter, createWebHistory } from 'vue-router'
import { sections } from '@/desk/sections'
import { can } from '@/shared/session'

export const open = () => sections.filter((section) => !section.rights.length || section.rights.some(can))

/** Where a day begins: with the cases to be done, or with what this post is there for. */
export function beginning(may: (right: string) => boolean): string {
  const own: [string, string][] = [
    ['case.report', '/today'], ['audit.read', '/settings/operations'], ['user.create', '/people'], ['user.grant', '/people'], ['area.manage', '/ground'], ['case.read', '/overview'],
  ]
  return own.find(([right]) => may(right))?.[1] ?? sections.find((section) => section.rights.some(may))?.path ?? '/nothing'
}

export function makeRouter() {
  const router = createRouter({
    history: createWebHistory('/desk/'),
    routes: [
      { path: '/', redirect: () => beginning(can) },
      ...sections.flatMap((section) => section.routes),
      { path: '/:rest(.*)*', name: 'nowhere', component: () => import('@/desk/shell/Nowhere.vue') },
    ],
  })
  return router
}
