import { describe, expect, it } from 'vitest'
import { cellsSaid, formOf, pastedFile, share } from '@/desk/batches/batch'

describe('how far a table is', () => {
  it('is the whole only once every row was dealt with', () => {
    expect(share({ done: 0, rows: 10_000 })).toBe(0)
    expect(share({ done: 9_999, rows: 10_000 })).toBe(99)
    expect(share({ done: 10_000, rows: 10_000 })).toBe(100)
    expect(share({ done: 0, rows: 0 })).toBe(0)
  })
})

describe('a table as it is sent', () => {
  it('carries what was pasted as a file, and only what was answered', async () => {
    const form = formOf(pastedFile('情况说明\t经度\n', '粘贴的表'), { channel: 'hotline', anew: '' })
    expect([...form.keys()]).toEqual(['file', 'channel'])
    expect(await (form.get('file') as File).text()).toBe('情况说明\t经度\n')
  })

  it('says the cells that hold something', () => {
    expect(cellsSaid({ 情况说明: '路灯不亮', 位置描述: '', 经度: '一百零二' })).toBe('情况说明 路灯不亮 · 经度 一百零二')
  })
})
