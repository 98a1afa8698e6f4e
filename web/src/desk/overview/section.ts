import type { Section } from '@/desk/sections'

/** The leader's page: where cases stand, and each figure opens to its cases. */
export const overview: Section[] = [
  {
    name: 'overview.overview', path: '/overview', key: 'o', rights: ['case.read'], icon: 'M4 20h16 M7 20v-7 M12 20V5 M17 20v-10',
    routes: [{ path: '/overview', name: 'overview', component: () => import('@/desk/overview/Overview.vue'), props: (to) => ({ area: String(to.query.area ?? '') }) }],
  },
]
