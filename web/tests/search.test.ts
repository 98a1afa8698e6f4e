import { describe, expect, it } from 'vitest'
import { chips } from '@/desk/cases/list/filter/chips'
import { asText, fromText, NONE, toQuery } from '@/desk/cases/list/filter/filters'
import { marked, tooShort } from '@/desk/cases/list/filter/marking'

const shown = (text: string, words: string) => marked(text, words).map((piece) => (piece.hit ? `[${piece.text}]` : piece.text)).join('')

describe('words that are searched', () => {
  it.each([
    ['枫林路口井盖破损', '井盖', '枫林路口[井盖]破损'], ['ＫＴＶ门口', 'ktv', '[ＫＴＶ]门口'], ['１２号', '12号', '[１２号]'], ['哈哈哈', '哈哈', '[哈哈哈]'],
    ['井盖坏了', '井盖 坏', '[井盖坏]了'], ['没有', '井盖', '没有'], ['a<b>c', '<b>', 'a[<b>]c'], ['井', '井盖', '井'], ['𠮷井盖', '井盖', '𠮷[井盖]'],
  ])('stand out in %s', (text, words, told) => expect(shown(text, words)).toBe(told))

  it('keep every sign of the text', () => {
    const text = '㎡路灯\n不亮，ﬁ1㍻'
    expect(marked(text, '路灯').map((piece) => piece.text).join('')).toBe(text)
  })

  it.each([['井', true], ['  ', true], ['井 盖', true], ['井盖', false], ['井盖 坏', false], ['ab', false]])('%s is too short: %s', (words, short) => expect(tooShort(words)).toBe(short))

  it('are a filter like the others: in the address, asked of the service, told in words', () => {
    const filters = fromText('words=井盖+破损&state=filed')
    expect(filters.words).toBe('井盖 破损')
    expect(fromText(asText(filters))).toEqual(filters)
    expect(toQuery(filters)).toMatchObject({ words: '井盖 破损' })
    const name = (code: string) => code
    expect(chips({ ...NONE, words: '井盖' }, { state: name, channel: name, class_code: name, area: name, unit: name })).toEqual([{ name: 'words', value: '井盖', text: '查找：井盖' }])
  })
})
