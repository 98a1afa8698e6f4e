/** Brings the words of this part; whatever shows them from outside it imports this. */
import { en, zh } from '@/desk/mediation/words'
import { addWords } from '@/shared/words/i18n'

addWords({ mediation: zh }, { mediation: en })
