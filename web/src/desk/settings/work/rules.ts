/** Rules of responsible units as a table that can be changed and read in again. Pure. */
import { csvOf } from '@/desk/parts/csv'
import type { UnitNamed } from '@/desk/parts/rule'

export interface Rule {
  key: string; scheme: string; kind: string; prefix: string; prefix_name: string; area_code: string; area_name: string
  unit_code: string; unit_name: string; unit_active: boolean; note: string; owner: string; when: string; helpers: UnitNamed[]
  hint_value: string; hint_unit: string; hint: string; automatic: boolean; faults: string[]
}

const FAULTS = ['unit', 'helper', 'class', 'area']
/** Those that there are words for, in their order. */
export const faultsOf = (rule: Rule): string[] => FAULTS.filter((fault) => rule.faults.includes(fault))

/** The columns of the import, whatever language the screen speaks. */
export const HEADERS = ['类别', '分类代码', '责任单位编码', '区域编码', '权属单位', '时间', '协办单位编码', '时限建议', '自动派遣', '备注']

/** One table for each scheme: an import is of one. */
export function tablesOf(rules: readonly Rule[]): [string, string][] {
  const schemes = [...new Set(rules.map((rule) => rule.scheme))]
  return schemes.map((scheme) => [scheme, csvOf([HEADERS, ...rules.filter((rule) => rule.scheme === scheme).map(lineOf)])])
}

const lineOf = (rule: Rule): string[] => [
  rule.kind === 'component' ? '部件' : '事项', rule.prefix, rule.unit_code, rule.area_code, rule.owner, rule.when,
  rule.helpers.map((one) => one.code).join('、'), rule.hint, rule.automatic ? '是' : '', rule.note,
]
