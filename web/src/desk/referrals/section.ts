import type { Section } from '@/desk/sections'
import { waitingForMe } from '@/desk/referrals/counts'

const home = () => import('@/desk/referrals/Home.vue')

/** What is passed to a unit that must sign for it: lists, one, a new one, and the sheet of a month. */
export const referrals: Section[] = [
  {
    name: 'referrals.referrals', path: '/referrals', key: 'r', rights: ['referral.read', 'referral.send', 'referral.sign'],
    badge: () => ({ count: waitingForMe(), words: 'referrals.badge' }),
    icon: 'M4 5h11l5 5v9H4z M15 5v5h5 M8 14.5l2.5 2.5 5-5',
    routes: [
      { path: '/referrals/new', name: 'referral-new', component: () => import('@/desk/referrals/NewPage.vue') },
      {
        path: '/referrals', component: home,
        children: [
          { path: '', name: 'referrals', component: () => import('@/desk/referrals/Referrals.vue'), props: { id: '' } },
          { path: 'figures', name: 'referral-figures', component: () => import('@/desk/referrals/Figures.vue') },
          { path: ':id', name: 'referral', component: () => import('@/desk/referrals/Referrals.vue'), props: (to) => ({ id: String(to.params.id) }) },
        ],
      },
    ],
  },
]
