import { lateOfMine } from '@/desk/cases/list/counts'
import type { Section } from '@/desk/sections'

const board = () => import('@/desk/cases/list/Board.vue')

/** Two ways into the same board: what waits for me, and all cases I may see, with pages for what runs beside cases. */
export const cases: Section[] = [
  {
    name: 'cases.today', path: '/today', key: 't', rights: ['case.read'], badge: () => ({ count: lateOfMine(), words: 'cases.list.late_of' }),
    icon: 'M5 4h14v16H5z M9 4v3h6V4 M8.5 13l2.5 2.5 4.5-5',
    routes: [{ path: '/today/:id?', name: 'today', component: board, props: (to) => ({ id: to.params.id || '', source: 'todo' }) }],
  },
  {
    name: 'cases.cases', path: '/cases', key: 'c', rights: ['case.read'], icon: 'M4 6h16 M4 12h16 M4 18h10',
    routes: [
      { path: '/cases/new', name: 'new', component: () => import('@/desk/cases/one/NewCase.vue') },
      { path: '/cases/print', name: 'print-list', component: () => import('@/desk/cases/list/PrintList.vue') },
      { path: '/cases/publicity', name: 'publicity', component: () => import('@/desk/cases/one/kinds/AllPublicity.vue') },
      { path: '/cases/:id/publicity', name: 'print-publicity', component: () => import('@/desk/cases/one/kinds/PrintPublicity.vue'), props: true },
      { path: '/cases/:id/print', name: 'print', component: () => import('@/desk/cases/one/PrintCase.vue'), props: true },
      { path: '/cases/:id?', name: 'cases', component: board, props: (to) => ({ id: to.params.id || '', source: 'cases' }) },
    ],
  },
  {
    name: 'cases.letters.inbox', path: '/inbox', under: '/cases', rights: ['case.reveal'], icon: 'M4 6h16v12H4z M4 7l8 6 8-6',
    routes: [{ path: '/inbox', name: 'inbox', component: () => import('@/desk/cases/letters/Inbox.vue') }],
  },
  {
    name: 'cases.calling.callbacks', path: '/callbacks', under: '/cases', rights: ['case.reveal'], icon: 'M6 4h3l2 5-2.5 1.5a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
    routes: [{ path: '/callbacks', name: 'callbacks', component: () => import('@/desk/cases/one/calling/Callbacks.vue') }],
  },
  {
    name: 'cases.orders.orders', path: '/orders', under: '/cases', rights: ['case.read'], icon: 'M6 3h9l4 4v14H6z M15 3v4h4 M9 12h7 M9 16h4',
    routes: [
      { path: '/orders', name: 'orders', component: () => import('@/desk/cases/orders/Orders.vue') },
      { path: '/orders/:id/print', name: 'print-order', component: () => import('@/desk/cases/orders/PrintOrder.vue'), props: true },
    ],
  },
  {
    name: 'sampling.samples', path: '/samples', under: '/cases', rights: ['case.read'], icon: 'M4 5h16v14H4z M8 9.5l1.5 1.5L12 8 M14 9.5h3 M8 15.5l1.5 1.5L12 14 M14 15.5h3',
    routes: [
      { path: '/samples', name: 'samples', component: () => import('@/desk/cases/sampling/Samples.vue') },
      { path: '/samples/:id/print', name: 'print-sample', component: () => import('@/desk/cases/sampling/PrintSample.vue'), props: true },
      { path: '/samples/:id', name: 'sample', component: () => import('@/desk/cases/sampling/OneSample.vue'), props: true },
    ],
  },
  {
    name: 'cases.proposals.proposals', path: '/proposals', under: '/cases', rights: ['case.read'], icon: 'M5 4h10l4 4v12H5z M15 4v4h4 M8 12h8 M8 16h5',
    routes: [
      { path: '/proposals', name: 'proposals', component: () => import('@/desk/cases/proposals/Proposals.vue') },
      { path: '/proposals/:id', name: 'proposal', component: () => import('@/desk/cases/proposals/OneProposal.vue'), props: true },
    ],
  },
  {
    name: 'cases.claims.claims', path: '/claims', under: '/cases', rights: ['case.read'], icon: 'M6 4l6 8 6-8 M12 12v8 M7 13h10 M7 16.5h10',
    routes: [{ path: '/claims', name: 'claims', component: () => import('@/desk/cases/claims/Claims.vue') }],
  },
]
