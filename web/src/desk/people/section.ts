import type { Section } from '@/desk/sections'

const list = () => import('@/desk/people/People.vue')

export const people: Section[] = [
  {
    name: 'people.people', path: '/people', rights: ['user.read'], icon: 'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M3 20c0-3.6 2.5-5.5 6-5.5s6 1.9 6 5.5 M15.5 5a3 3 0 0 1 0 6 M18 14.8c2 .8 3 2.6 3 5.2',
    routes: [
      {
        path: '/people', component: () => import('@/desk/people/Home.vue'),
        children: [
          { path: '', name: 'people', component: list, props: { id: '' } },
          { path: 'units', name: 'units', component: () => import('@/desk/people/Units.vue'), props: { id: 0 } },
          { path: 'units/:id(\\d+)', component: () => import('@/desk/people/Units.vue'), props: (to) => ({ id: Number(to.params.id) }) },
          { path: ':id', component: list, props: (to) => ({ id: String(to.params.id) }) },
        ],
      },
    ],
  },
]
