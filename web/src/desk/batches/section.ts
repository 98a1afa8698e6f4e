import type { Section } from '@/desk/sections'

/** Many reports at once: a table, or the minutes of a meeting. */
export const batches: Section[] = [
  {
    name: 'batches.batches', path: '/batches', under: '/cases', rights: ['case.report'], icon: 'M4 5h16v14H4z M4 10h16 M4 14.5h16 M10 5v14',
    routes: [
      { path: '/batches', name: 'batches', component: () => import('@/desk/batches/Batches.vue') },
      { path: '/batches/minutes', name: 'minutes', component: () => import('@/desk/batches/Minutes.vue') },
    ],
  },
]
