/** What a case may have beside its flow: which panel shows it. A panel is given `facts`, and tells `changed` once it did something. */
import type { Component } from 'vue'
import type { CaseFacts } from './case'
import HelpersPanel from './helping/HelpersPanel.vue'

export interface Panel { name: string; shown: (facts: CaseFacts) => boolean; panel: Component }

export const PANELS: Panel[] = [
  { name: 'helping', shown: (facts) => facts.marks.includes('helped'), panel: HelpersPanel },
]
