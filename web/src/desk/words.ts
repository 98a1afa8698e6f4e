/** The words of the desk, gathered from its folders. Parts with many bring theirs when they are opened (`speak.ts`): here stand their names alone. */
import * as cases from '@/desk/cases/words'
import * as papers from '@/desk/ground/archive/words'
import * as map from '@/desk/map/words'
import * as overview from '@/desk/overview/words'
import * as parts from '@/desk/parts/words'
import * as people from '@/desk/people/words'
import * as shell from '@/desk/shell/words'

export const zh = {
  shell: shell.zh, parts: parts.zh, cases: cases.zh, batches: { batches: '批量登记' }, map: map.zh, clocks: { clocks: '时限' }, meetings: { meetings: '会议' }, ground: { ground: '网格' }, papers: papers.zh, register: { register: '部件' }, people: people.zh, mediation: { mediations: '调解' }, referrals: { referrals: '报送签收', badge: '{count} 件报送等您签收或办结' }, sampling: { samples: '抽查' }, overview: overview.zh, messages: { messages: '消息', unread_of: '{count} 条没有读' }, settings: { settings: '设置' },
}
export const en = {
  shell: shell.en, parts: parts.en, cases: cases.en, batches: { batches: 'Many at once' }, map: map.en, clocks: { clocks: 'Deadlines' }, meetings: { meetings: 'Meetings' }, ground: { ground: 'Ground' }, papers: papers.en, register: { register: 'Parts' }, people: people.en, mediation: { mediations: 'Mediation' }, referrals: { referrals: 'Referrals', badge: '{count} referrals wait for you' }, sampling: { samples: 'Re-checks' }, overview: overview.en, messages: { messages: 'Messages', unread_of: '{count} unread' }, settings: { settings: 'Settings' },
}
