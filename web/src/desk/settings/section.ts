import type { Section } from '@/desk/sections'
import { openPages, PAGES } from '@/desk/settings/pages'
import { can } from '@/shared/session'

export const settings: Section[] = [
  {
    name: 'settings.settings', path: '/settings', rights: ['calendar.manage', 'catalogue.manage', 'user.dismiss', 'audit.read', 'journal.verify', 'system.read', 'area.manage'],
    icon: 'M4 7h9 M17 7h3 M15 4.5v5 M4 17h3 M11 17h9 M9 14.5v5',
    routes: [
      {
        path: '/settings', component: () => import('@/desk/settings/Home.vue'),
        children: [
          { path: '', name: 'settings', redirect: () => `/settings/${openPages(can)[0]!.name}` },
          ...PAGES.map((page) => ({ path: page.name, component: page.component as never, meta: { rights: page.rights } })),
        ],
      },
    ],
  },
]
