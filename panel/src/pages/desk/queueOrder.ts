import type { Conversation } from '@/api/types'

/** Waiting with a running clock, waiting with a clock that stands still, waiting without one, not waiting. */
function rank(talk: Conversation): number {
  if (!talk.waiting_since) return 3
  if (!talk.clock) return 2
  return talk.clock.state === 'paused' ? 1 : 0
}

/** The order of the queue: whose limit comes first (or passed first), then who waits longest, then the latest. */
export function byClock(a: Conversation, b: Conversation): number {
  const ranks = rank(a) - rank(b)
  if (ranks) return ranks
  if (!a.waiting_since || !b.waiting_since) return compare(b.updated_at, a.updated_at) || compare(a.id, b.id)
  const limits = a.clock && b.clock ? Date.parse(a.clock.limit_at) - Date.parse(b.clock.limit_at) : 0
  return limits || compare(a.waiting_since, b.waiting_since) || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
