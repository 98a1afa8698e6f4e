/** Brings the words of this part; whatever shows them from outside it imports this. */
import { en, zh } from '@/desk/meetings/words'
import { addWords } from '@/shared/words/i18n'

addWords({ meetings: zh }, { meetings: en })
