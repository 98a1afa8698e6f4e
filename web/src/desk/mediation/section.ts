import type { Section } from '@/desk/sections'

const page = () => import('@/desk/mediation/Mediations.vue')

/** Disputes that are mediated: mine, all within reach, those that are over. */
export const mediation: Section[] = [
  {
    name: 'mediation.mediations', path: '/mediations', under: '/cases', rights: ['case.read'], icon: 'M12 4v16 M7 20h10 M4 8h16 M4 8l-2 6h4z M20 8l-2 6h4z',
    routes: [{ path: '/mediations/:id?', name: 'mediations', component: page, props: (to) => ({ id: String(to.params.id ?? '') }) }],
  },
]
