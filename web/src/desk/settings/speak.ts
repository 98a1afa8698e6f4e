/** Brings the words of this part; whatever shows them from outside it imports this. */
import * as flow from '@/desk/settings/flow/words'
import { en, zh } from '@/desk/settings/words'
import { addWords } from '@/shared/words/i18n'

addWords({ settings: zh, flow: flow.zh }, { settings: en, flow: flow.en })
