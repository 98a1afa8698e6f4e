/** All words of the desk, gathered from its folders. */
import * as cases from '@/desk/cases/words'
import * as ground from '@/desk/ground/words'
import * as papers from '@/desk/ground/archive/words'
import * as map from '@/desk/map/words'
import * as overview from '@/desk/overview/words'
import * as parts from '@/desk/parts/words'
import * as register from '@/desk/parts_register/words'
import * as people from '@/desk/people/words'
import * as settings from '@/desk/settings/words'
import * as shell from '@/desk/shell/words'

export const zh = {
  shell: shell.zh, parts: parts.zh, cases: cases.zh, map: map.zh, ground: ground.zh, papers: papers.zh, register: register.zh, people: people.zh, overview: overview.zh, settings: settings.zh,
}
export const en = {
  shell: shell.en, parts: parts.en, cases: cases.en, map: map.en, ground: ground.en, papers: papers.en, register: register.en, people: people.en, overview: overview.en, settings: settings.en,
}
