/** Brings the words of this part. */
import { en, zh } from '@/desk/clocks/words'
import { addWords } from '@/shared/words/i18n'

addWords({ clocks: zh }, { clocks: en })
