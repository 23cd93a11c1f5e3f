import { beforeEach, describe, expect, it } from 'vitest'

import type { Line } from '@/api/types'
import type { LiveEvent } from '@/pages/desk/liveEvents'
import { type Talk, useTalk } from '@/pages/desk/talk'

const QUEUED: Line = {
  id: 'm1',
  number: 2,
  speaker: 'agent',
  text: '可以开的亲',
  said_at: '2026-11-26T10:00:00+08:00',
  author: 'lin',
  reply_id: '',
  delivery: 'queued',
}

function event(kind: string, body: Record<string, unknown>): LiveEvent {
  return { number: 1, kind, conversation: 'c1', at: QUEUED.said_at, body }
}

const said = event('message', { message: 'm1', number: 2, speaker: 'agent', text: QUEUED.text })
const delivered = event('delivery', { message: 'm1', state: 'delivered' })

describe('a line that is sent', () => {
  let talk: Talk

  beforeEach(() => {
    talk = useTalk()
    talk.id.value = 'c1'
  })

  it('stays delivered when the answer comes behind the events', () => {
    talk.hear(said)
    talk.hear(delivered)
    talk.put(QUEUED)
    expect(talk.lines.value.map((line) => line.delivery)).toEqual(['delivered'])
  })

  it('is delivered when that was heard before the line was known', () => {
    talk.hear(delivered)
    expect(talk.lines.value).toEqual([])
    talk.put(QUEUED)
    expect(talk.lines.value.map((line) => line.delivery)).toEqual(['delivered'])
  })

  it('waits again when it is sent again, and is gone when it was taken back', () => {
    talk.put(QUEUED)
    talk.hear(event('delivery', { message: 'm1', state: 'dead', error: 'x' }))
    expect(talk.lines.value[0]?.delivery).toBe('dead')
    talk.put(QUEUED)
    expect(talk.lines.value[0]?.delivery).toBe('queued')
    talk.put({ ...QUEUED, delivery: 'withdrawn' })
    expect(talk.lines.value[0]?.delivery).toBe('withdrawn')
  })
})
