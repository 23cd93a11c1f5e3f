import { describe, expect, it } from 'vitest'

import { pause } from '@/pages/desk/live'
import { eventOf, numberOf, textOf } from '@/pages/desk/liveEvents'

describe('coming back', () => {
  it('waits longer after each failure, never for ever, and not all panels at once', () => {
    const waits = [1, 2, 3, 4, 20].map((failures) => pause(failures, 0.5))
    expect(waits).toEqual([500, 1000, 2000, 4000, 15_000])
    expect(pause(1, 0)).toBeLessThan(pause(1, 1))
  })
})

describe('a frame', () => {
  it('is an event with its number, or a notice without one', () => {
    const event = eventOf('{"number":7,"kind":"message","conversation":"c","at":"2026","body":{"text":"在吗","number":3}}')
    expect(event?.number).toBe(7)
    expect(event && [textOf(event, 'text'), numberOf(event, 'number'), textOf(event, 'none')]).toEqual(['在吗', 3, ''])
    expect(eventOf('{"number":null,"kind":"typing","conversation":"c","at":"2026","body":{}}')?.number).toBeNull()
  })

  it.each(['pong', '', '{', '[]', '{}', '{"kind":1}', null, 7])('%s is none', (frame) => {
    expect(eventOf(frame)).toBeNull()
  })
})
