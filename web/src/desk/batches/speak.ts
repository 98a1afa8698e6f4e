/** Brings the words of this part. */
import { en, zh } from '@/desk/batches/words'
import { addWords } from '@/shared/words/i18n'

addWords({ batches: zh }, { batches: en })
