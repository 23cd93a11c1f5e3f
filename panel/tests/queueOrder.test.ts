import { describe, expect, it } from 'vitest'

import type { Conversation } from '@/api/types'
import { byClock } from '@/pages/desk/queueOrder'

function talk(id: string, waiting: string | null, limit: string | null = null, paused = false): Conversation {
  const clock = limit && {
    state: paused ? ('paused' as const) : ('running' as const), goal_at: limit, limit_at: limit, seconds_left: 1,
    resumes_at: null, goal_seconds: 1, limit_seconds: 1, counts: [], hours: [], note: '', source: '', verified_on: null,
  }
  return {
    id, shop: 's', channel: 'demo', buyer: id, buyer_name: '', opened_at: '2026-11-20T00:00:00Z',
    updated_at: `2026-11-20T0${id.length}:00:00Z`, waiting_since: waiting, clock: clock || null, last: null,
    unanswered: 0, urgent: '',
  }
}

describe('the queue', () => {
  it('goes by whose limit comes first, whatever the platform', () => {
    const slow = talk('slow', '2026-11-20T01:00:00Z', '2026-11-20T01:05:00Z')
    const quick = talk('quick', '2026-11-20T01:01:00Z', '2026-11-20T01:01:30Z')
    expect([slow, quick].sort(byClock).map(({ id }) => id)).toEqual(['quick', 'slow'])
  })

  it('has clocks that stand still behind those that run, and who does not wait at the end', () => {
    const talks = [
      talk('done', null),
      talk('donelater', null),
      talk('clockless', '2026-11-20T01:00:00Z'),
      talk('paused', '2026-11-20T01:00:00Z', '2026-11-20T01:00:01Z', true),
      talk('running', '2026-11-20T01:00:00Z', '2026-11-20T09:00:00Z'),
    ]
    expect(talks.sort(byClock).map(({ id }) => id)).toEqual(['running', 'paused', 'clockless', 'donelater', 'done'])
  })
})
