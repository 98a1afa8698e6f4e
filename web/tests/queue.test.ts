import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clockShort, fitting, remembered, STANDARD } from '@/desk/cases/list/columns'
import { csv, field } from '@/desk/cases/list/csv'
import { chips } from '@/desk/cases/list/filter/chips'
import { asText, filtersAny, fromAddress, fromText, NONE, toAddress, toQuery, wholeNumber, without } from '@/desk/cases/list/filter/filters'
import { common, leadsTo, step, type Action, type Chosen } from '@/desk/cases/list/many/plan'
import { merged, neighbour, stepped, type Row } from '@/desk/cases/list/rows'

const now = new Date(2026, 10, 28, 10, 0)
const row = (id: string) => ({ id, number: `N-${id}` }) as Row
const ids = (rows: Row[]) => rows.map((one) => one.id + (one.gone ? '-' : '')).join(' ')

describe('filters in the address', () => {
  const links = [
    'state=filed&state=handling&late=true', 'area=990101&unit=SZS&class_code=a%2Fevent%2F0101', 'ended_late=false&ended_since=2026-11-28T00%3A00%3A00%2B08%3A00',
    'since=2026-11-01&until=2026-11-20&channel=hotline&mine=true', 'state_before=2026-11-27T02%3A00%3A00Z&due_before=2026-11-29', 'filed_since=2026-11-28&number=990101-2026-000156',
  ]
  it.each(links)('says the same after going to and fro: %s', (text) => expect(new URLSearchParams(asText(fromText(text))).toString().split('&').sort()).toEqual(new URLSearchParams(text).toString().split('&').sort()))

  it('leaves out what it does not know and what is no time', () => {
    const address = { since: 'yesterday', until: '2026-02-31', late: 'yes', ended_late: 'maybe', page: '3', state: ['filed', 'filed', null], area: null }
    expect(toAddress(fromAddress(address))).toEqual({ state: ['filed'] })
    expect(filtersAny(NONE)).toBe(false)
  })

  it('asks for whole days, the last one included, and passes instants on', () => {
    const asked = toQuery(fromText('since=2026-11-20&until=2026-11-20&due_before=2026-11-28&state_before=2026-11-27T02:00:00Z'))
    expect(asked).toEqual({
      since: new Date(2026, 10, 20).toISOString(), until: new Date(2026, 10, 21).toISOString(), due_before: new Date(2026, 10, 28).toISOString(),
      state_before: '2026-11-27T02:00:00.000Z',
    })
  })

  it('knows every filter that the service takes', () => {
    const told = JSON.parse(readFileSync('../docs/openapi.json', 'utf8')).paths['/api/cases'].get.parameters.map((one: { name: string }) => one.name)
    expect(told.filter((name: string) => !['after', 'limit'].includes(name) && !(name in NONE))).toEqual([])
  })

  it('takes one filter away, or one value of a list', () => {
    const filters = fromText('state=filed&state=handling&late=true')
    expect(asText(without(filters, 'state', 'filed'))).toBe('state=handling&late=true')
    expect(asText(without(filters, 'late'))).toBe('state=filed&state=handling')
  })

  it.each([
    ['156', '990101-2026-000156'], ['０００１５６', '990101-2026-000156'], ['2025-7', '990101-2025-000007'], [' 990101－2026－000156 ', '990101-2026-000156'],
    ['990102-2026-000001', '990102-2026-000001'], ['1234567', '1234567'], ['井盖', '井盖'],
  ])('completes the number %s', (typed, number) => expect(wholeNumber(typed, '990101-2026-000003')).toBe(number))
})

describe('filters in words', () => {
  const names = { state: (code: string) => ({ filed: '待派遣', handling: '处置中' })[code]!, channel: () => '热线', class_code: () => '井盖破损', area: () => '柳溪街道', unit: () => '市政所' }
  it('says each, also those that only links carry', () => {
    const text = 'state=filed&state=handling&late=true&class_code=x&area=9&unit=S&channel=hotline&since=2026-11-01&until=2025-11-20&state_before=2026-11-28T00:00:00&ended_late=true&due_before=2026-11-29&filed_since=2026-11-28'
    expect(chips(fromText(text), names, now).map((chip) => chip.text)).toEqual([
      '待派遣', '处置中', '类别：井盖破损', '区域：柳溪街道', '单位：市政所', '来源：热线', '已超期', '11月1日以后上报', '2025年11月20日及以前上报',
      '今天 00:00 以前进入当前环节', '11月28日以后立案', '办理中有环节超期', '11月29日及以前到期',
    ])
  })
})

describe('a queue while one looks at it', () => {
  it('marks what left, counts what came, and never moves a row', () => {
    const { rows, newcomers } = merged(['a', 'b', 'c'].map(row), ['n', 'a', 'c'].map(row), true)
    expect([ids(rows), newcomers]).toEqual(['a b- c', ['n']])
  })

  it('knows nothing of the rows that newcomers pushed past the end', () => {
    expect(ids(merged(['a', 'b', 'c', 'd'].map(row), ['n', 'm', 'a', 'b'].map(row), false).rows)).toBe('a b c d')
    expect(ids(merged(['a', 'b', 'c', 'd'].map(row), ['n', 'b', 'c'].map(row), false).rows)).toBe('a- b c d')
  })

  it('shows what changed', () => {
    const { rows } = merged([row('a')], [{ ...row('a'), state: 'filed' }], true)
    expect(rows[0]!.state).toBe('filed')
  })

  it('goes on to the next case that is still there, else to the one before', () => {
    const rows = ['a', 'b', 'c'].map(row)
    expect(neighbour(rows, 'b', new Set(['a', 'c']))).toBe('c')
    expect(neighbour(rows, 'c', new Set(['a', 'b']))).toBe('b')
    expect(neighbour(rows, 'b', new Set(['b']))).toBe('')
    expect(neighbour(rows, 'z', new Set(['a']))).toBe('a')
  })

  it('moves within the ends', () => {
    const rows = ['a', 'b'].map(row)
    expect([stepped(rows, '', 1), stepped(rows, 'a', 1), stepped(rows, 'b', 1), stepped(rows, 'a', -1), stepped([], 'a', 1)]).toEqual(['a', 'b', 'b', 'a', ''])
  })
})

describe('columns', () => {
  it('keeps what was chosen, never hides the words, and shows a column that came since', () => {
    const columns = remembered([{ name: 'number', width: 9999, shown: false }, { name: 'text', width: 'x', shown: false }, { name: 'gone', width: 1 }, null])
    expect(columns.map((one) => one.name)).toEqual(STANDARD.map((one) => one.name))
    expect(columns[1]).toEqual({ name: 'number', width: 800, shown: false })
    expect(columns[3]).toEqual({ name: 'text', width: 340, shown: true })
    expect(remembered('nonsense')).toEqual(STANDARD)
  })

  it('lets the least needed columns step aside where there is little room, never the words', () => {
    const fit = (room: number) => fitting(STANDARD, room).map((one) => one.name).join(' ')
    expect(fit(1258)).toBe('clock number state text place unit reported')
    expect(fit(900)).toBe('clock number state text place')
    expect(fit(10)).toBe('clock number text')
  })

  it.each([
    [new Date(2026, 10, 28, 9, 30), '超期 30 分钟'], [new Date(2026, 10, 28, 13, 20), '还剩 3 小时 20 分'], [new Date(2026, 10, 30, 8, 15), '后天 08:15 前'], [null, '不限时'],
    [new Date(2026, 10, 27, 16, 33), '超期 17 小时'], [new Date(2026, 10, 26, 6, 0), '超期 2 天 4 小时'], [new Date(2026, 10, 20, 6, 0), '超期 8 天'],
  ])('says the clock in few words: %s', (due, words) => expect(clockShort({ state: 'handling', due_at: due && due.toISOString() }, now)).toBe(words))
})

describe('the file of a queue', () => {
  it.each([
    ['=1+1', "'=1+1"], ['+86 138', "'+86 138"], ['-x', "'-x"], ['@SUM(A1)', "'@SUM(A1)"], [' =1', "' =1"], ['＝1', "'＝1"], ['\t=1', `"'\t=1"`],
    ['a,b', '"a,b"'], ['说“好”', '说“好”'], ['say "a"', '"say ""a"""'], ['一\n二', '"一\n二"'], ['990101-2026-000156', '990101-2026-000156'], ['', ''],
  ])('%j', (text, written) => expect(field(text)).toBe(written))

  it('begins with a mark that tells the encoding, and ends its lines as spreadsheets expect', () => {
    expect(csv(['编号', '内容'], [['1', '=x']])).toBe("\ufeff编号,内容\r\n1,'=x\r\n")
  })
})

describe('many at once', () => {
  const act = (action: string, asks: string[] = [], usual = false): Action => ({ action, name: action, to: 'x', asks, usual })
  const chosen = (...actions: Action[]): Chosen => ({ id: 'i', number: 'n', text: '', state_name: '', seen: '1', actions })

  it('offers only what all of them allow and what asks for nothing but a reason', () => {
    const offered = common([
      chosen(act('refuse', ['reason']), act('close', [], true), act('file', ['class']), act('sign')),
      chosen(act('close', [], true), act('refuse', ['reason']), act('file', ['class'])),
    ])
    expect(offered).toEqual([
      { action: 'close', name: 'close', for: 2, reason: false, usual: true }, { action: 'refuse', name: 'refuse', for: 2, reason: true, usual: false },
    ])
    expect(common([])).toEqual([])
    expect(common([chosen(act('void', ['reason'])), chosen(act('void', ['reason']))])).toEqual([])
  })

  it('sends each step to its own address', () => {
    expect(step('7', 'ask_verify', '')).toEqual({ path: '/api/cases/7/ask-verify', body: { person: null } })
    expect(step('7', 'check_fail', '没有清')).toEqual({ path: '/api/cases/7/check', body: { yes: false, reason: '没有清', files: [] } })
    expect(step('7', 'sign', '')).toEqual({ path: '/api/cases/7/sign', body: undefined })
    expect(step('7', 'return', '太远')).toEqual({ path: '/api/cases/7/return', body: { reason: '太远' } })
    expect(leadsTo(chosen(act('close')), 'close')).toBe('x')
  })

  it('has an address for every step it can offer', () => {
    const known = Object.keys(JSON.parse(readFileSync('../docs/openapi.json', 'utf8')).paths)
    const rows = ['city', 'township'].flatMap((code) => JSON.parse(readFileSync(`../src/jingwei/cases/flows/${code}.json`, 'utf8')).rows as { action: string; asks: string[] }[])
    const offered = rows.filter((row) => row.asks.every((ask) => ask === 'reason')).map((row) => row.action)
    expect(offered).toContain('close')
    expect(offered.map((action) => step('{case_id}', action, 'r').path).filter((path) => !known.includes(path))).toEqual([])
  })
})
