import type { Section } from '@/desk/sections'

/** Cases where they lie: the map, the list of what is on it, and the case beside. */
export const map: Section[] = [
  {
    name: 'map.map', path: '/map', key: 'm', rights: ['case.read'], icon: 'M9 4L4 6v14l5-2 6 2 5-2V4l-5 2z M9 4v14 M15 6v14',
    routes: [{ path: '/map/:id?', name: 'map', component: () => import('@/desk/map/CaseMap.vue'), props: (to) => ({ id: to.params.id || '' }) }],
  },
]
