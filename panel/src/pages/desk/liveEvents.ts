/** What the live connection tells (docs/api.md). */
export interface LiveEvent {
  number: number | null
  kind: string
  conversation: string
  at: string
  body: Record<string, unknown>
}

/** A frame of the connection, null for what is none of an event (`pong`). */
export function eventOf(frame: unknown): LiveEvent | null {
  if (typeof frame !== 'string' || !frame.startsWith('{')) return null
  let found: Partial<LiveEvent>
  try {
    found = JSON.parse(frame) as Partial<LiveEvent>
  } catch {
    return null
  }
  const { number = null, kind, conversation, at, body } = found
  if (typeof kind !== 'string' || typeof conversation !== 'string' || typeof at !== 'string') return null
  return { number, kind, conversation, at, body: typeof body === 'object' && body ? body : {} }
}

/** A text of an event's body, "" when it has none of that name. */
export function textOf(event: LiveEvent, name: string): string {
  const value = event.body[name]
  return typeof value === 'string' ? value : ''
}

/** A number of an event's body, null when it has none of that name. */
export function numberOf(event: LiveEvent, name: string): number | null {
  const value = event.body[name]
  return typeof value === 'number' ? value : null
}
