/** Brings the words of this part; whatever shows them imports this. */
import { en, zh } from '@/desk/cases/sampling/words'
import { addWords } from '@/shared/words/i18n'

addWords({ sampling: zh }, { sampling: en })
