import type { Section } from '@/desk/sections'

/** Stand-ups and joint meetings, and what they decided. */
export const meetings: Section[] = [
  {
    name: 'meetings.meetings', path: '/meetings', under: '/cases', rights: ['case.read'], icon: 'M4 6h16v9H4z M8 19h8 M12 15v4 M8 9h8 M8 12h5',
    routes: [
      { path: '/meetings', name: 'meetings', component: () => import('@/desk/meetings/Meetings.vue') },
      { path: '/meetings/decisions', name: 'decisions', component: () => import('@/desk/meetings/Decisions.vue') },
      { path: '/meetings/:id', name: 'meeting', component: () => import('@/desk/meetings/OneMeeting.vue'), props: true },
      { path: '/meetings/:id/print', name: 'print-meeting', component: () => import('@/desk/meetings/PrintMeeting.vue'), props: true },
    ],
  },
]
