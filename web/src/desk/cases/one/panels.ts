/** What a case may have beside its flow: which panel shows it. A panel is given `facts`, and tells `changed` once it did something. */
import { defineAsyncComponent, type Component } from 'vue'
import type { CaseFacts } from './case'
import CallsPanel from './calling/CallsPanel.vue'
import OverrunsPanel from './clocks/OverrunsPanel.vue'
import HelpersPanel from './helping/HelpersPanel.vue'
import MergedPanel from './similar/MergedPanel.vue'
import RepeatPanel from './similar/RepeatPanel.vue'
import { EARLY } from './similar/similar'
import SimilarPanel from './similar/SimilarPanel.vue'

export interface Panel { name: string; shown: (facts: CaseFacts) => boolean; panel: Component }

export const PANELS: Panel[] = [
  { name: 'merged', shown: (facts) => facts.state === 'merged' || facts.marks.includes('leads'), panel: MergedPanel },
  { name: 'similar', shown: (facts) => EARLY.includes(facts.state), panel: SimilarPanel },
  { name: 'repeat', shown: (facts) => facts.marks.includes('repeat'), panel: RepeatPanel },
  { name: 'overruns', shown: (facts) => ['overran', 'appeal', 'exempted'].some((mark) => facts.marks.includes(mark)), panel: OverrunsPanel },
  { name: 'calls', shown: (facts) => facts.marks.includes('callback') || facts.marks.includes('called'), panel: CallsPanel },
  { name: 'claim', shown: (facts) => facts.marks.includes('claim'), panel: defineAsyncComponent(() => import('@/desk/cases/claims/ClaimPanel.vue')) },
  { name: 'helping', shown: (facts) => facts.marks.includes('helped'), panel: HelpersPanel },
  { name: 'publicity', shown: (facts) => facts.marks.includes('publicity'), panel: defineAsyncComponent(() => import('./kinds/PublicityPanel.vue')) },
  { name: 'mediation', shown: (facts) => ['mediation', 'visits', 'mediated'].some((mark) => facts.marks.includes(mark)), panel: defineAsyncComponent(() => import('@/desk/mediation/CasePanel.vue')) },
  { name: 'urged', shown: (facts) => facts.marks.includes('urged'), panel: defineAsyncComponent(() => import('@/desk/cases/orders/UrgedPanel.vue')) },
  { name: 'orders', shown: (facts) => facts.marks.includes('order') || facts.marks.includes('ordered'), panel: defineAsyncComponent(() => import('@/desk/cases/orders/OrdersPanel.vue')) },
  { name: 'meetings', shown: (facts) => facts.marks.includes('meeting'), panel: defineAsyncComponent(() => import('@/desk/meetings/CasePanel.vue')) },
  { name: 'rechecks', shown: (facts) => facts.marks.includes('rechecked') || facts.marks.includes('recheck_wrong'), panel: defineAsyncComponent(() => import('@/desk/cases/sampling/RechecksPanel.vue')) },
  { name: 'referrals', shown: (facts) => facts.marks.includes('referred'), panel: defineAsyncComponent(() => import('@/desk/referrals/CasePanel.vue')) },
]
