/** Deeds beside the flow: which dialog asks for each. A dialog is given `facts`, and tells `done` with words, or `close`. */
import { defineAsyncComponent, type Component } from 'vue'
import CallBack from './calling/CallBack.vue'
import AskAppeal from './clocks/AskAppeal.vue'
import AskRenewal from './clocks/AskRenewal.vue'
import Renew from './clocks/Renew.vue'
import AskHelp from './helping/AskHelp.vue'
import MergeDialog from './similar/MergeDialog.vue'
import UnmergeDialog from './similar/UnmergeDialog.vue'

export interface Beside { deed: string; name: string }

export const DEEDS: Record<string, Component> = {
  appeal: AskAppeal,
  ask_help: AskHelp,
  change_kind: defineAsyncComponent(() => import('./kinds/ChangeKind.vue')),
  call_back: CallBack,
  claim: defineAsyncComponent(() => import('@/desk/cases/claims/ClaimDialog.vue')),
  settle: defineAsyncComponent(() => import('@/desk/cases/claims/SettleDialog.vue')),
  mediate: defineAsyncComponent(() => import('@/desk/mediation/Mediate.vue')),
  merge: MergeDialog,
  unmerge: UnmergeDialog,
  urge: defineAsyncComponent(() => import('@/desk/cases/orders/UrgeDialog.vue')),
  order: defineAsyncComponent(() => import('@/desk/cases/orders/OrderDialog.vue')),
  ask_renewal: AskRenewal,
  renew: Renew,
  refer: defineAsyncComponent(() => import('@/desk/referrals/ReferCase.vue')),
}
