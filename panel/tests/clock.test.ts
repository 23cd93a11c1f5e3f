import { describe, expect, it } from 'vitest'

import type { Clock } from '@/api/types'
import { pressure, secondsLeft, spell } from '@/pages/desk/clock'

function timed(changes: Partial<Clock> = {}) {
  const clock: Clock = {
    state: 'running',
    goal_at: '2026-11-20T02:01:30Z',
    limit_at: '2026-11-20T02:03:00Z',
    seconds_left: 180,
    resumes_at: null,
    goal_seconds: 90,
    limit_seconds: 180,
    counts: ['human'],
    hours: ['08:00-23:00'],
    note: '',
    source: '',
    verified_on: null,
    ...changes,
  }
  return { clock, readAt: 1000 }
}

describe('a response clock', () => {
  it('counts down from when it was read', () => {
    expect(secondsLeft(timed(), 1000)).toBe(180)
    expect(secondsLeft(timed(), 1999)).toBe(180)
    expect(secondsLeft(timed(), 62_000)).toBe(119)
    expect(secondsLeft(timed(), 191_000)).toBe(-10)
  })

  it('never gains time when the moment lies before the reading', () => {
    expect(secondsLeft(timed(), 0)).toBe(180)
  })

  it('stands still while it is paused', () => {
    expect(secondsLeft(timed({ state: 'paused', seconds_left: 77 }), 900_000)).toBe(77)
    expect(pressure(timed({ state: 'paused', seconds_left: 7 }), 900_000)).toBe('paused')
  })

  it('presses harder at the goal, at the last moment, and past the limit', () => {
    expect(pressure(timed(), 1000)).toBe('calm')
    expect(pressure(timed(), 91_000)).toBe('due')
    expect(pressure(timed(), 145_000)).toBe('last')
    expect(pressure(timed(), 181_000)).toBe('over')
  })

  it('is spelt as people read it', () => {
    expect([spell(0), spell(5), spell(125), spell(3725), spell(-67)]).toEqual(['0:00', '0:05', '2:05', '1:02:05', '-1:07'])
  })
})
