import { describe, expect, it } from 'vitest'

import { read } from '@/sidebar/protocol'

describe('what a host says', () => {
  it('is read with its optional keys', () => {
    expect(read({ huashu: 1, kind: 'hello' })).toEqual({ kind: 'hello' })
    expect(read({ huashu: 1, kind: 'open', shop: 's', buyer: 'b', more: 1 })).toEqual({
      kind: 'open',
      shop: 's',
      buyer: 'b',
    })
    expect(read({ huashu: 1, kind: 'suggest', shop: 's', text: '能开票吗', order: { status: 'paid' } })).toEqual({
      kind: 'suggest',
      shop: 's',
      text: '能开票吗',
      previousBuyer: '',
      previousAgent: '',
      order: { status: 'paid' },
    })
  })

  it.each([null, undefined, 1, 'hello', [], {}, { kind: 'hello' }, { huashu: '1', kind: 'hello' }])(
    'is ignored when it is none of ours: %j',
    (data) => expect(read(data)).toBeNull(),
  )

  it('is refused in a version that is not known', () => {
    expect(read({ huashu: 2, kind: 'hello' })).toEqual({ kind: 'refused', reason: 'version' })
  })

  it.each([
    { kind: 'open', shop: 's' },
    { kind: 'open', shop: '', buyer: 'b' },
    { kind: 'open', shop: 's', buyer: 7 },
    { kind: 'open', shop: 's', buyer: 'b'.repeat(201) },
    { kind: 'suggest', shop: 's', text: ' ' },
    { kind: 'suggest', shop: 's', text: '字'.repeat(2001) },
    { kind: 'suggest', shop: 's', text: '在吗', order: [] },
    { kind: 'suggest', shop: 's', text: '在吗', previousAgent: {} },
    { kind: 'insert', shop: 's', text: '在吗' },
    {},
  ])('is refused when its form is wrong: %j', (data) => {
    expect(read({ huashu: 1, ...data })).toEqual({ kind: 'refused', reason: 'form' })
  })
})
