import type { Section } from '@/desk/sections'
import { standingRoutes } from '@/desk/ground/standing/tabs'

const areas = () => import('@/desk/ground/Areas.vue')

export const ground: Section[] = [
  {
    name: 'ground.ground', path: '/ground', rights: ['staffing.manage', 'area.manage', 'plan.publish', 'user.read'], icon: 'M4 4h16v16H4z M4 10h9v10 M13 4v6h7 M13 15h7',
    routes: [
      { path: '/ground/plans/:id(\\d+)', component: () => import('@/desk/ground/workbench/PlanPage.vue'), props: (to) => ({ id: Number(to.params.id) }) },
      {
        path: '/ground', component: () => import('@/desk/ground/Home.vue'),
        children: [
          { path: '', name: 'ground', component: areas, props: { id: 0 } },
          { path: 'area/:id(\\d+)', component: areas, props: (to) => ({ id: Number(to.params.id) }) },
          { path: 'area/:id(\\d+)/archive', component: () => import('@/desk/ground/archive/Archive.vue'), props: (to) => ({ id: Number(to.params.id) }) },
          { path: 'staffing', component: () => import('@/desk/ground/Staffing.vue') },
          { path: 'absences', component: () => import('@/desk/ground/Absences.vue') },
          ...standingRoutes,
          { path: 'plans', component: () => import('@/desk/ground/Plans.vue') },
          { path: 'proposals/:id(\\d+)?', component: () => import('@/desk/ground/workbench/Proposals.vue'), props: (to) => ({ id: Number(to.params.id || 0) }) },
        ],
      },
    ],
  },
]
