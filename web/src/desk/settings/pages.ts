/** One page per thing: its address, its words, and who may open it. The list on the left shows exactly these. */
export interface SettingsPage { name: string; group: 'work' | 'data' | 'system'; rights: string[]; component: () => Promise<unknown> }

export const PAGES: SettingsPage[] = [
  { name: 'calendar', group: 'work', rights: ['calendar.manage'], component: () => import('@/desk/settings/work/Calendar.vue') },
  { name: 'recounts', group: 'work', rights: ['calendar.manage'], component: () => import('@/desk/settings/work/Recounts.vue') },
  { name: 'limits', group: 'work', rights: ['catalogue.manage'], component: () => import('@/desk/settings/work/Limits.vue') },
  { name: 'ladders', group: 'work', rights: ['catalogue.manage'], component: () => import('@/desk/settings/work/Ladders.vue') },
  { name: 'parameters', group: 'work', rights: ['catalogue.manage'], component: () => import('@/desk/settings/work/Parameters.vue') },
  { name: 'channels', group: 'work', rights: ['catalogue.manage'], component: () => import('@/desk/settings/work/Channels.vue') },
  { name: 'catalogue', group: 'work', rights: ['catalogue.manage'], component: () => import('@/desk/settings/work/Catalogue.vue') },
  { name: 'responsible', group: 'work', rights: ['catalogue.manage'], component: () => import('@/desk/settings/work/Responsible.vue') },
  { name: 'suggestions', group: 'work', rights: ['catalogue.manage'], component: () => import('@/desk/settings/work/Suggestions.vue') },
  { name: 'flow', group: 'work', rights: [], component: () => import('@/desk/settings/flow/Flow.vue') },
  { name: 'dictionary', group: 'work', rights: [], component: () => import('@/desk/settings/system/Dictionary.vue') },
  { name: 'imports', group: 'data', rights: ['unit.manage', 'user.create', 'user.grant', 'catalogue.manage', 'area.manage', 'staffing.manage', 'calendar.manage'], component: () => import('@/desk/settings/imports/Imports.vue') },
  { name: 'announcements', group: 'data', rights: ['area.manage'], component: () => import('@/desk/settings/system/Announcements.vue') },
  { name: 'online', group: 'system', rights: ['user.dismiss'], component: () => import('@/desk/settings/system/Online.vue') },
  { name: 'operations', group: 'system', rights: ['audit.read'], component: () => import('@/desk/settings/system/Operations.vue') },
  { name: 'signins', group: 'system', rights: ['audit.read'], component: () => import('@/desk/settings/system/SignIns.vue') },
  { name: 'verify', group: 'system', rights: ['journal.verify'], component: () => import('@/desk/settings/system/Verify.vue') },
  { name: 'notices', group: 'system', rights: ['system.read'], component: () => import('@/desk/settings/notices/Notices.vue') },
  { name: 'sources', group: 'system', rights: ['system.manage'], component: () => import('@/desk/cases/letters/Sources.vue') },
  { name: 'mailboxes', group: 'system', rights: ['system.manage'], component: () => import('@/desk/cases/letters/Mailboxes.vue') },
  { name: 'state', group: 'system', rights: ['system.read'], component: () => import('@/desk/settings/system/State.vue') },
  { name: 'jobs', group: 'system', rights: ['system.read'], component: () => import('@/desk/settings/system/Jobs.vue') },
  { name: 'backups', group: 'system', rights: ['system.manage'], component: () => import('@/desk/settings/system/Backups.vue') },
]

export const openPages = (may: (right: string) => boolean): SettingsPage[] => PAGES.filter((page) => !page.rights.length || page.rights.some(may))

const OTHERS: [string, string][] = [
  ['catalogue.manage', 'not_rules'], ['audit.read', 'not_audit'], ['system.read', 'not_system'], ['user.dismiss', 'not_online'],
]
/** Whose the other pages are: keys of words. */
export const otherPages = (may: (right: string) => boolean): string[] => OTHERS.filter(([right]) => !may(right)).map(([, words]) => words)
