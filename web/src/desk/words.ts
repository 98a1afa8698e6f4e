/** All words of the desk, gathered from its folders. */
import * as cases from '@/desk/cases/words'
import * as shell from '@/desk/shell/words'

export const zh = { shell: shell.zh, cases: cases.zh }
export const en = { shell: shell.en, cases: cases.en }
