/** What the desk knows of cases before any is opened; the words of one case come with it (`one/speak.ts`). */
import * as claims from '@/desk/cases/claims/words'
import * as letters from '@/desk/cases/letters/words'
import * as list from '@/desk/cases/list/words'
import * as calling from '@/desk/cases/one/calling/words'
import * as clocks from '@/desk/cases/one/clocks/words'
import * as helping from '@/desk/cases/one/helping/words'
import * as kinds from '@/desk/cases/one/kinds/words'
import * as similar from '@/desk/cases/one/similar/words'
import * as proposals from '@/desk/cases/proposals/words'
import * as orders from '@/desk/cases/orders/words'

export const zh = {
  today: '今日', cases: '案件',
  list: list.zh,
  calling: calling.zh,
  claims: claims.zh,
  clocks: clocks.zh,
  helping: helping.zh,
  kinds: kinds.zh,
  similar: similar.zh,
  letters: letters.zh,
  orders: orders.zh,
  proposals: proposals.zh,
}
export const en = {
  today: 'Today', cases: 'Cases',
  list: list.en,
  calling: calling.en,
  claims: claims.en,
  clocks: clocks.en,
  helping: helping.en,
  kinds: kinds.en,
  similar: similar.en,
  letters: letters.en,
  orders: orders.en,
  proposals: proposals.en,
}
