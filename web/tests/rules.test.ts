import { describe, expect, it } from 'vitest'
import { forWhat, namedBy, type Answer } from '@/desk/parts/rule'
import { zh } from '@/desk/parts/words'
import { faultsOf, HEADERS, tablesOf, type Rule } from '@/desk/settings/work/rules'

const say = (key: string, named: Record<string, unknown> = {}): string => {
  const words = key.split('.').slice(1).reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], zh) as string
  return words.replace(/\{(\w+)\}/g, (_, name: string) => String(named[name]))
}
const told = { unit_code: 'GD', unit_name: '供电所', unit_active: true, area_code: '', area_name: '', prefix: '', prefix_name: '', owner: '', when: '' }
const answer: Answer = { ...told, reason: 'rule', automatic: false, note: '', helpers: [], hint_value: '', hint_unit: '', behind: [] }
const rule: Rule = {
  key: 'a', scheme: 'gbt', kind: 'component', prefix: '01001', prefix_name: '井盖', area_code: '990301100000', area_name: '东溪镇', unit_code: 'GD', unit_name: '供电所',
  unit_active: true, note: '见协议', owner: '示例公司', when: '周六、周日 18:00-08:00', helpers: [{ code: 'SZ', name: '市政所', active: true }, { code: 'YE', name: '夜班', active: true }],
  hint_value: '4', hint_unit: 'work_hour', hint: '4工作时', automatic: true, faults: [],
}

describe('why a unit is named', () => {
  it('says only what the rule says', () => {
    expect(forWhat(told, say)).toBe('全部区域，整个类别')
    expect(forWhat({ ...told, area_name: '东溪镇', prefix: '01001', prefix_name: '井盖', owner: '示例公司', when: '工作日 18:00-08:00' }, say))
      .toBe('东溪镇，井盖（01001），权属单位是示例公司，工作日 18:00-08:00')
  })

  it('proposes nobody whom nothing can be sent to', () => {
    expect(namedBy(answer)?.unit_code).toBe('GD')
    expect(namedBy({ ...answer, unit_active: false })).toBeNull()
    expect(namedBy({ ...answer, reason: 'nobody', unit_code: '' })).toBeNull()
    expect(namedBy(null)).toBeNull()
  })
})

describe('the table of rules', () => {
  it('is one for each scheme, in the columns of the import', () => {
    const [first, second] = tablesOf([rule, { ...rule, key: 'b', scheme: 'own', kind: 'matter', automatic: false, helpers: [], hint: '' }])
    expect([first![0], second![0]]).toEqual(['gbt', 'own'])
    expect(first![1].split('\r\n').slice(0, 2)).toEqual([HEADERS.join(','), '部件,01001,GD,990301100000,示例公司,周六、周日 18:00-08:00,SZ、YE,4工作时,是,见协议'])
    expect(second![1]).toContain('事项,01001,GD,990301100000,示例公司,周六、周日 18:00-08:00,,,,见协议')
    expect(tablesOf([])).toEqual([])
  })

  it('names the faults that it has words for', () => {
    expect(faultsOf({ ...rule, faults: ['area', 'unit', 'later'] })).toEqual(['unit', 'area'])
  })
})
