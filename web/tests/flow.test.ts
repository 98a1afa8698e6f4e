/** The forms of the editor of flows. */
import { describe, expect, it } from 'vitest'
import { addable, apartIn, dutyPairs, findingsAt, formOf, limits, limitSaid, targets, type Row, type Sheet, type Words } from '@/desk/settings/flow/editing'
import { readJson } from '@/desk/settings/flow/files'

const row = (state: string, action: string, to: string, duty: string, more: Partial<Row> = {}): Row => ({ state, state_name: state, action, action_name: action, posts: ['handler'], roles: ['处置人员'], to, to_name: to, duty, duty_name: duty, needs: [], asks: [], ...more })
const sheet = (more: Partial<Sheet> = {}): Sheet => ({ code: 'city', name: '城市', version: 1, version_name: '随产品第 1 版', levels: false, rows: [row('handling', 'feed_back', 'fed_back', 'handle', { asks: ['text'] }), row('checking', 'check_pass', 'checked', 'check')], apart: [['handle', 'check']], clocks: {}, usual: [], verify_first: [], ...more })
const words: Words = {
  posts: { handler: '处置人员' }, needs: { check_passed: '核查已通过' }, asks: { text: '情况说明', reason: '理由' }, signs: {}, duties: { handle: '处置', check: '核查' }, channels: {},
  states: { handling: '处置中', fed_back: '待确认反馈', checking: '核查中', checked: '待结案', closed: '已结案' }, state_kinds: {}, start: '开始', stages: ['check', 'township_community', 'township_town', 'township_county', 'township_forward'],
  actions: {
    feed_back: { name: '反馈结果', must: ['text'], may: [], ways: { handling: { duty: 'handle', needs: [], to: ['fed_back', 'checking'], to_with_levels: ['fed_back', 'checking'] } } },
    accept: { name: '受理', must: [], may: [], ways: { handling: { duty: 'handle', needs: [], to: [], to_with_levels: ['handling'] } } },
    close: { name: '结案', must: [], may: ['text'], ways: { checked: { duty: 'close', needs: ['check_passed'], to: ['closed'], to_with_levels: ['closed'] } } },
  },
}

describe('a step of a flow', () => {
  it('can be added only where its action can be done and is not yet', () => {
    expect(addable(words, sheet())).toEqual([{ state: 'checked', actions: ['close'] }])
    expect(addable(words, sheet({ levels: true }))).toEqual([{ state: 'handling', actions: ['accept'] }, { state: 'checked', actions: ['close'] }])
  })
  it('leads where its action can lead in this flow', () => {
    expect(targets(words, sheet(), 'handling', 'feed_back')).toEqual(['fed_back', 'checking'])
    expect(targets(words, sheet(), 'handling', 'accept')).toEqual([])
    expect(targets(words, sheet(), 'checked', 'nothing')).toEqual([])
  })
  it('opens as it is, and a new one with what it must ask and need', () => {
    expect(formOf(words, sheet(), 'handling', 'feed_back')).toEqual({ state: 'handling', action: 'feed_back', posts: ['handler'], to: 'fed_back', needs: [], asks: ['text'] })
    expect(formOf(words, sheet(), 'checked', 'close')).toEqual({ state: 'checked', action: 'close', posts: [], to: 'closed', needs: ['check_passed'], asks: [] })
  })
  it('is a copy: what is typed does not change what is shown', () => {
    const shown = sheet()
    formOf(words, shown, 'handling', 'feed_back').posts.push('supervisor')
    expect(shown.rows[0]!.posts).toEqual(['handler'])
  })
})

describe('what stands beside the steps', () => {
  it('offers the limit by level only where cases go between levels', () => {
    expect(limits(words, sheet())).not.toContain('level:township')
    expect(limits(words, sheet({ levels: true }))).toEqual(['', 'class', 'level:township', 'stage:check', 'stage:township_community', 'stage:township_town', 'stage:township_county', 'stage:township_forward'])
  })
  it.each([['', 'none'], ['class', 'class'], ['level:township', 'level'], ['stage:check', 'check']])('says the limit %s', (limit, key) => expect(limitSaid(limit, (name) => name)).toBe(key))
  it('knows which duties are apart, whichever is named first', () => {
    expect(dutyPairs(sheet())).toEqual([['handle', 'check']])
    expect([apartIn(sheet(), 'check', 'handle'), apartIn(sheet({ apart: [] }), 'handle', 'check')]).toEqual([true, false])
  })
  it('shows a finding at its own row', () => {
    const found = [{ code: 'a', grade: 'fault' as const, state: 'checking', action: 'check_pass', text: '一' }, { code: 'b', grade: 'note' as const, state: 'checking', action: '', text: '二' }]
    expect(findingsAt(found, 'checking', 'check_pass').map((each) => each.text)).toEqual(['一'])
  })
  it.each([['{"code":"city"}', { code: 'city' }], ['[]', null], ['{', null], ['null', null]])('reads the file %s', async (text, held) => expect(await readJson(new File([text], 'flow.json'))).toEqual(held))
})
