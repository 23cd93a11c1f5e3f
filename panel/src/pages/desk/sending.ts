import { onScopeDispose, ref } from 'vue'

import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Finding, Line } from '@/api/types'

import type { Draft, DraftStore, Unsent } from './drafts'

/** A line that may still be taken back, until `until` (milliseconds of `performance.now()`). */
export interface Undoable {
  conversation: string
  line: Line
  draft: Draft
  until: number
}

/** How an attempt to send ended. */
export type Outcome =
  | { kind: 'sent'; line: Line; duplicate: boolean }
  | { kind: 'blocked'; findings: readonly Finding[] }
  | { kind: 'failed'; problem: string }

/** Sending, trying again, and taking back. A line keeps its key until the desk has it, so nothing is sent twice. */
export function useSending(store: DraftStore, sent: (conversation: string, line: Line) => void) {
  const undoable = ref<Undoable | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function send(conversation: string, draft: Draft): Promise<Outcome> {
    return attempt({ ...draft, key: newKey(), conversation, state: 'sending', problem: '' })
  }

  /** Try an unsent line again, under its key. */
  function again(line: Unsent): Promise<Outcome> {
    return attempt({ ...line, state: 'sending', problem: '' })
  }

  async function attempt(line: Unsent): Promise<Outcome> {
    store.hold(line)
    try {
      return delivered(line, await post(line))
    } catch (error) {
      return refused(line, error)
    }
  }

  function delivered(line: Unsent, answer: Awaited<ReturnType<typeof post>>): Outcome {
    store.release(line.key)
    sent(line.conversation, answer.message)
    if (answer.undo_seconds > 0) offerUndo(line, answer.message, answer.undo_seconds * 1000)
    return { kind: 'sent', line: answer.message, duplicate: answer.duplicate }
  }

  function refused(line: Unsent, error: unknown): Outcome {
    if (error instanceof ApiProblem && error.blocked) {
      store.release(line.key)
      return { kind: 'blocked', findings: error.findings }
    }
    const problem = error instanceof ApiProblem ? error.detail : ''
    store.hold({ ...line, state: 'failed', problem })
    return { kind: 'failed', problem }
  }

  function offerUndo(line: Unsent, message: Line, span: number): void {
    const { text, suggestion, rank, replyId } = line
    const draft = { text, suggestion, rank, replyId }
    undoable.value = { conversation: line.conversation, line: message, draft, until: performance.now() + span }
    clearTimeout(timer)
    timer = setTimeout(() => (undoable.value = null), span)
  }

  /** Take the last line back; null when it was too late. Throws ApiProblem, Offline. */
  async function undo(): Promise<Undoable | null> {
    const last = undoable.value
    if (!last) return null
    undoable.value = null
    const path = { conversation: last.conversation, message: last.line.id }
    try {
      sent(last.conversation, await ask(api.DELETE('/v1/conversations/{conversation}/messages/{message}', { params: { path } })))
      return last
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 409) return null
      throw error
    }
  }

  /** Queue a line again that could not be delivered; the receiver knows it by its key. Throws ApiProblem, Offline. */
  async function retry(conversation: string, line: Line): Promise<void> {
    const path = { conversation, message: line.id }
    sent(
      conversation,
      await ask(api.POST('/v1/conversations/{conversation}/messages/{message}/retry', { params: { path } })),
    )
  }

  onScopeDispose(() => clearTimeout(timer))
  return { undoable, send, again, undo, retry }
}

function post(line: Unsent) {
  const body = {
    text: line.text,
    key: line.key,
    suggestion: line.suggestion ?? null,
    rank: line.rank ?? null,
    reply_id: line.replyId ?? '',
  }
  const path = { conversation: line.conversation }
  return ask(api.POST('/v1/conversations/{conversation}/messages', { params: { path }, body }))
}

/** A key that no other line has; also where the page is not served over TLS. */
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export type Sending = ReturnType<typeof useSending>
