import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { limitSaid, pointOf, shortCode, sides, type CaseFile } from '@/desk/cases/one/case'
import { numbersPages } from '@/desk/cases/one/paper'
import { emptyNew, FORM_CHANNELS, lackingNew, reportOf, usualChannel } from '@/desk/cases/one/newcase'
import { joined, phrases } from '@/desk/cases/one/phrases'
import { withRecent } from '@/desk/cases/one/recent'
import { unitLines, unitsFound, type Unit } from '@/desk/cases/one/units'
import { refusedBefore } from '@/shared/api/upload'

describe('reading a case', () => {
  const file = (file_id: string, action: string, kind = 'photo'): CaseFile => ({ file_id, action, kind, name: file_id, media_type: '', added_at: '' })
  it('tells before from after, and papers from photos', () => {
    const found = sides([file('a', 'report'), file('b', 'verify_true'), file('c', 'feed_back'), file('d', 'check_fail'), file('e', 'solve'), file('f', 'feed_back', 'document')])
    expect([found.before, found.after, found.papers].map((some) => some.map((one) => one.file_id).join(''))).toEqual(['ab', 'cde', 'f'])
  })
  it('believes what a photo is said to show, whenever it came', () => {
    const found = sides([{ ...file('a', 'feed_back'), shot: 'before' }, { ...file('b', 'verify_true'), shot: 'after' }, { ...file('c', 'check_pass'), shot: 'near' }, { ...file('d', 'verify_true'), shot: 'far' }])
    expect([found.before, found.after].map((some) => some.map((one) => one.file_id).join(''))).toEqual(['ad', 'bc'])
  })
  it('says limits as people do', () => {
    expect([limitSaid('2.00', 'urgent_hour'), limitSaid('3', 'work_day'), limitSaid('0.5', 'natural_day'), limitSaid(null, ''), limitSaid('15.00', 'work_minute')])
      .toEqual(['2 个紧急工作时', '3 个工作日', '0.5 个自然日', '', '15 分钟（工作时间）'])
  })
  it('shortens a full code', () => expect(shortCode('gbt47678.5-2026/matter/09006')).toBe('09006'))
})

describe('a point as it is pasted', () => {
  it.each([['102.0158, 40.4987', 102.0158, 40.4987], ['102.0158，40.4987', 102.0158, 40.4987], [' (102 40) ', 102, 40], ['-3.5,7', -3.5, 7]])('%j', (text, lon, lat) => expect(pointOf(text)).toEqual({ lon, lat }))
  it.each(['', '知行路', '102', '181, 40', '102, 91', '102.1.2, 40', '1e2, 40'])('%j is none', (text) => expect(pointOf(text)).toBeNull())
})

describe('phrases', () => {
  it('are joined once to what is written', () => {
    expect(joined('', '问题仍在')).toBe('问题仍在')
    expect(joined('北侧未清。', '问题仍在')).toBe('北侧未清；问题仍在')
    expect(joined('问题仍在，北侧', '问题仍在')).toBe('问题仍在，北侧')
  })
  it('differ by state where the action means something else', () => expect(phrases('return', 'handling')).not.toEqual(phrases('return', 'checking')))
})

describe('units', () => {
  const unit = (id: number, code: string, name: string, parent_id: number | null, active = true): Unit => ({ id, code, name, parent_id, path: '', active })
  const all = [unit(1, 'Q', '区', null), unit(5, 'C', '城管局', 1), unit(7, 'C-H', '环卫所', 5), unit(6, 'C-S', '市政所', 5), unit(8, 'X', '旧所', 5, false), unit(9, 'Z', '镇', 1)]
  it('stand as a tree, without those no longer active', () => expect(unitLines(all).map((line) => `${line.depth}${line.name}`)).toEqual(['0区', '1城管局', '2环卫所', '2市政所', '1镇']))
  it('can be narrowed to what lies below one', () => {
    expect(unitLines(all, 'C').map((line) => line.name)).toEqual(['环卫所', '市政所'])
    expect(unitLines(all, 'C-H')).toEqual([])
    expect(unitLines(all, 'NONE')).toEqual([])
  })
  it('are found by name, code and what stands above', () => {
    expect(unitsFound(unitLines(all), '城管 市政').map((line) => line.code)).toEqual(['C-S'])
    expect(unitsFound(unitLines(all), 'c-h').map((line) => line.name)).toEqual(['环卫所'])
  })
})

describe('classes used lately', () => {
  const one = (code: string) => ({ full_code: code, code, name: code, major_name: '' })
  it('stand newest first, once, and no more than eight', () => {
    let kept = [one('a')]
    for (const code of 'bcdefghia') kept = withRecent(kept, one(code))
    expect(kept.map((each) => each.code).join('')).toBe('aihgfedc')
  })
})

describe('a file before it is sent', () => {
  const file = (size: number, type = 'image/jpeg') => ({ name: 'a.jpg', size, type })
  it('is refused in three parts where that is certain', () => {
    expect(refusedBefore(file(20 * 1024 * 1024))).toBe('')
    expect(refusedBefore(file(20 * 1024 * 1024 + 1))).toBe('没有上传：这张照片超过 20 MB。请重拍或压缩后再传。')
    expect(refusedBefore(file(30 * 1024 * 1024, 'application/pdf'))).toBe('')
    expect(refusedBefore(file(51 * 1024 * 1024, 'application/pdf'))).toMatch(/50 MB/)
    expect(refusedBefore(file(0))).toMatch(/是空的/)
  })
})

describe('a new case', () => {
  it('needs words and a point, nothing else', () => {
    const draft = emptyNew('id')
    expect(lackingNew(draft)).toEqual(['text', 'point'])
    expect(lackingNew({ ...draft, text: ' ', point: { lon: 1, lat: 2 } })).toEqual(['text'])
    expect(lackingNew({ ...draft, text: '井盖破了', point: { lon: 1, lat: 2 } })).toEqual([])
  })
  it('is sent in the shape of the interface', () => {
    const known = Object.keys(JSON.parse(readFileSync('../docs/openapi.json', 'utf8')).components.schemas.ReportIn.properties)
    expect(known).toEqual(expect.arrayContaining(Object.keys(reportOf(emptyNew('id')))))
  })
  it('comes by the channel that the post suggests', () => {
    expect([usualChannel(['acceptor']), usualChannel(['supervisor']), usualChannel(['supervisor', 'shift_leader']), usualChannel(['town_officer'])]).toEqual(['hotline', 'supervisor', 'hotline', 'hotline'])
    const flow = readFileSync('../src/jingwei/cases/workflow.py', 'utf8')
    const known = [...flow.slice(flow.indexOf('CHANNEL_NAMES = {'), flow.indexOf('CHANNELS = ')).matchAll(/"(\w+)": "/g)].map((found) => found[1])
    expect(FORM_CHANNELS.filter((channel) => !known.includes(channel))).toEqual([])
  })
})

describe('the case file on paper', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36', true],
    ['Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36', false],
    ['Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0', false],
  ])('is numbered by the page itself where the browser can: %s', (agent, can) => expect(numbersPages(agent)).toBe(can))
})
