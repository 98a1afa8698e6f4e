/** Deeds beside the flow: which dialog asks for each. A dialog is given `facts`, and tells `done` with words, or `close`. */
import { defineAsyncComponent, type Component } from 'vue'
import AskHelp from './helping/AskHelp.vue'
import MergeDialog from './similar/MergeDialog.vue'
import UnmergeDialog from './similar/UnmergeDialog.vue'

export interface Beside { deed: string; name: string }

export const DEEDS: Record<string, Component> = {
  ask_help: AskHelp,
  merge: MergeDialog,
  unmerge: UnmergeDialog,
  urge: defineAsyncComponent(() => import('@/desk/cases/orders/UrgeDialog.vue')),
  order: defineAsyncComponent(() => import('@/desk/cases/orders/OrderDialog.vue')),
}
