/** A rule of responsible units in words: for which class, where, for whose parts, when. Pure. */

export interface UnitNamed { code: string; name: string; active: boolean }
export interface RuleTold { unit_code: string; unit_name: string; unit_active: boolean; area_code: string; area_name: string; prefix: string; prefix_name: string; owner: string; when: string }
export interface Answer extends RuleTold { reason: string; automatic: boolean; note: string; helpers: UnitNamed[]; hint_value: string; hint_unit: string; behind: RuleTold[] }

type Say = (key: string, named?: Record<string, unknown>) => string

/** "东溪镇，井盖（01001），权属单位是示例公司，18:00-08:00" */
export function forWhat(rule: RuleTold, say: Say): string {
  return [
    rule.area_name || rule.area_code || say('parts.rule.everywhere'),
    rule.prefix ? say('parts.rule.class', { name: rule.prefix_name, code: rule.prefix }) : say('parts.rule.whole'),
    rule.owner && say('parts.rule.owner', { owner: rule.owner }),
    rule.when,
  ].filter(Boolean).join(say('parts.rule.joined'))
}

/** The unit that the rules name, if somebody can be sent there. */
export const namedBy = (answer: Answer | null): Answer | null => (answer?.reason === 'rule' && answer.unit_code && answer.unit_active ? answer : null)
