import type { Section } from '@/desk/sections'

/** What stands still and to when; overruns that are appealed against. */
export const clocks: Section[] = [
  {
    name: 'clocks.clocks', path: '/suspensions', under: '/cases', rights: ['case.read'], icon: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z M12 8v4.5l3 2',
    routes: [
      { path: '/suspensions', name: 'suspensions', component: () => import('@/desk/clocks/Suspensions.vue') },
      { path: '/appeals', name: 'appeals', component: () => import('@/desk/clocks/Appeals.vue') },
    ],
  },
]
