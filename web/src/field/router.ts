import { createRouter, createWebHistory } from 'vue-router'
import Report from '@/field/report/Report.vue'
import Today from '@/field/Today.vue'

/** Today and the report are there at once; the rest comes when it is asked for. */
export const makeRouter = () => createRouter({
  history: createWebHistory('/field/'),
  routes: [
    { path: '/', name: 'today', component: Today },
    { path: '/report', name: 'report', component: Report },
    { path: '/case/:id', name: 'case', component: () => import('@/field/case/OneCase.vue'), props: true },
    { path: '/mine', name: 'mine', component: () => import('@/field/Mine.vue') },
    { path: '/messages', name: 'messages', component: () => import('@/field/Messages.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
  scrollBehavior: () => ({ top: 0 }),
})
