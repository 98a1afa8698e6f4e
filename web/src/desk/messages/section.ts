import { unreadOfMine } from '@/desk/messages/unread'
import type { Section } from '@/desk/sections'

/** The bell: what I was told, and how I want to be told. */
export const messages: Section[] = [
  {
    name: 'messages.messages', path: '/messages', key: 'i', rights: [], badge: () => ({ count: unreadOfMine(), words: 'messages.unread_of' }),
    icon: 'M6 16V10.500a6 6 0 0 1 12 0V16l2 2H4z M10 20.500h4 M12 2.500v2',
    routes: [
      {
        path: '/messages', component: () => import('@/desk/messages/Home.vue'),
        children: [
          { path: '', name: 'messages', component: () => import('@/desk/messages/Messages.vue') },
          { path: 'choice', name: 'messages-choice', component: () => import('@/desk/messages/Choice.vue') },
        ],
      },
    ],
  },
]
