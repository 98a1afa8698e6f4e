/** Brings the words of the workbench; whatever shows them imports this. */
import { en, zh } from '@/desk/ground/workbench/words'
import { addWords } from '@/shared/words/i18n'

addWords({ ground: { bench: zh } }, { ground: { bench: en } })
