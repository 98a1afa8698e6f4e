/** The further parts of the ground: as tabs and as addresses. */
import type { RouteRecordRaw } from 'vue-router'

export const TABS = ['gaps', 'rota', 'teams', 'certificates', 'sheets', 'systems'] as const
const WORD: Record<string, string> = { gaps: 'gaps_tab' }

export const standingTabs = (t: (key: string) => string): { to: string; name: string }[] => TABS.map((tab) => ({ to: `/ground/${tab}`, name: t(`ground.${WORD[tab] ?? tab}`) }))

export const standingRoutes: RouteRecordRaw[] = [
  { path: 'gaps', component: () => import('@/desk/ground/standing/Gaps.vue') },
  { path: 'rota/:id(\\d+)?', component: () => import('@/desk/ground/rota/Rota.vue'), props: (to) => ({ id: Number(to.params.id || 0) }) },
  { path: 'teams', component: () => import('@/desk/ground/standing/Teams.vue') },
  { path: 'certificates', component: () => import('@/desk/ground/standing/Certificates.vue') },
  { path: 'sheets', component: () => import('@/desk/ground/standing/Sheets.vue') },
  { path: 'sheets/:id(\\d+)', component: () => import('@/desk/ground/standing/Sheet.vue'), props: (to) => ({ id: Number(to.params.id) }) },
  { path: 'systems', component: () => import('@/desk/ground/systems/Systems.vue') },
  { path: 'systems/:code', component: () => import('@/desk/ground/systems/OneSystem.vue'), props: true },
]
