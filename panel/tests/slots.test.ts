import { describe, expect, it } from 'vitest'

import { emptySlots, filled, partsOf } from '@/pages/desk/slots'

const TEXT = '{order.carrier}发的，单号{order.tracking_number}'

describe('slots', () => {
  it('divide a reply into words and gaps', () => {
    expect(partsOf(TEXT).map((part) => part.slot ?? part.text)).toEqual(['order.carrier', '发的，单号', 'order.tracking_number'])
    expect(partsOf('没有空缺')).toEqual([{ text: '没有空缺', slot: null }])
  })

  it('stay as they are until there is something to say', () => {
    expect(filled(TEXT, { 'order.carrier': '中通', 'order.tracking_number': '  ' })).toBe('中通发的，单号{order.tracking_number}')
    expect(emptySlots(filled(TEXT, { 'order.carrier': '中通' }))).toEqual(['order.tracking_number'])
    expect(emptySlots(filled(TEXT, { 'order.carrier': '$&', 'order.tracking_number': '1' }))).toEqual([])
  })
})
