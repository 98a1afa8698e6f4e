export const zh = {
  rule_gone: '单位已停用，请改',
  ask_class: '哪一类问题', ask_area: '在哪里', answer_unit: '由{unit}处置', answer_nobody: '规则写明没有单位负责', answer_none: '没有规则：派遣时要由派遣员自己选单位', by_rule: '依据的规则：{what}', rule_all: '整个类别',
  rule_everywhere: '全部区域', rules_import: '规则在“导入”里用表格维护：先下载现行规则表，改好后再导入。', ask_owner: '部件的权属单位', ask_owner_any: '不是部件，或不论是谁的', ask_at: '什么时候', ask_at_now: '现在', rule_case: '什么情况下',
  rule_always: '不论权属和时间', rule_how: '怎么派遣', rule_automatic: '自动派遣', rule_confirmed: '派遣员确认', rule_hint: '建议 {limit}', rule_helpers: '协办：{units}', rules_table: '下载现行规则表',
  rules_wrong: '有 {n} 条规则指向停用的单位、区域或分类，照它派不出去，请改。', rules_wrong_only: '只看有问题的', rule_faults: { unit: '单位已停用，请改', helper: '协办单位已停用，派遣时不再请它', class: '分类已停用', area: '区域已停用' }, rules: '现行规则',
  rules_find: '代码开头，或分类、区域、单位、权属单位', rule_what: '哪些分类', rule_note: '备注', rule_nobody: '没有单位负责，派遣时再选', rules_none: '还没有规则。到“导入”里导入责任单位规则。', rules_more: '列出更多',
  rules_too_many: '规则很多，请在上面输入几个字缩小范围。', look: '先选一类问题，这里显示由哪个单位处置、依据哪一条规则。',
}
export const en = {
  ask_owner: 'Owner of the part', ask_owner_any: 'No part, or whoever owns it', ask_at: 'When', ask_at_now: 'Now', by_rule: 'By the rule: {what}', rule_case: 'In which case',
  rule_always: 'Whoever owns it, at any time', rule_how: 'Dispatch', rule_automatic: 'By itself', rule_confirmed: 'Confirmed by the dispatcher', rule_hint: 'Suggests {limit}',
  rule_helpers: 'Helping: {units}', rules_table: 'Download the rules', rules_wrong: '{n} rules point to units, areas or classes out of use; nothing can be dispatched by them.',
  rules_wrong_only: 'Only these', rule_faults: { unit: 'Unit out of use', helper: 'Helping unit out of use, not asked any more', class: 'Class out of use', area: 'Area out of use' },
}
