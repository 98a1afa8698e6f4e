import { createRouter, createWebHistory } from 'vue-router'
import { sections } from '@/desk/sections'
import { can } from '@/shared/session'

export const open = () => sections.filter((section) => !section.rights.length || section.rights.some(can))

export function makeRouter() {
  const router = createRouter({
    history: createWebHistory('/desk/'),
    routes: [
      { path: '/', redirect: () => open()[0]?.path ?? '/nothing' },
      ...sections.flatMap((section) => section.routes),
      { path: '/:rest(.*)*', name: 'nowhere', component: () => import('@/desk/shell/Nowhere.vue') },
    ],
  })
  return router
}
