/** Brings the words of one case: whatever shows any of them imports it, so that they are no part of what the desk loads first. */
import { en, zh } from '@/desk/cases/one/words'
import { addWords } from '@/shared/words/i18n'

addWords({ cases: { one: zh } }, { cases: { one: en } })
