import { Live } from '@/pages/desk/live'
import { session } from '@/session/session'

import type { Talk } from './replies'

const KINDS = new Set(['message', 'suggestions'])

/** Calls `changed` whenever something happens in a conversation, until the returned function is called. */
export function followTalk(talk: Talk, changed: () => void): () => void {
  const live = new Live(talk.shop, talk.event, {
    happened: (event) => {
      if (event.conversation === talk.id && KINDS.has(event.kind)) changed()
    },
    reset: changed,
    refused: () => (session.value = null),
  })
  live.start()
  return () => live.stop()
}
