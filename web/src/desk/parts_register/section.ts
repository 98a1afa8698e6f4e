import type { Section } from '@/desk/sections'

const list = () => import('@/desk/parts_register/Register.vue')

/** The parts register: the list and one part, counts, what fails again and again, samples that prove the survey. */
export const partsRegister: Section[] = [
  {
    name: 'register.register', path: '/parts', rights: ['part.read'], icon: 'M12 3v4 M8 7h8l-1.5 6h-5z M12 13v5 M7 21h10 M9 18h6',
    routes: [
      {
        path: '/parts', component: () => import('@/desk/parts_register/Home.vue'),
        children: [
          { path: '', name: 'parts', component: list, props: { id: '' } },
          { path: 'counts', component: () => import('@/desk/parts_register/Counts.vue') },
          { path: 'failing', component: () => import('@/desk/parts_register/Failing.vue') },
          { path: 'samples', component: () => import('@/desk/parts_register/Samples.vue') },
          { path: 'samples/:id', component: () => import('@/desk/parts_register/OneSample.vue'), props: (to) => ({ id: String(to.params.id) }) },
          { path: ':id', component: list, props: (to) => ({ id: String(to.params.id) }) },
        ],
      },
    ],
  },
]
