import type { Ref } from 'vue'

import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Line, Suggestion } from '@/api/types'
import { useMessages } from '@/i18n/locale'

import type { Draft, DraftStore, Unsent } from './drafts'
import messages from './messages'
import type { Notice } from './notice'
import type { Offers } from './offers'
import type { Outcome, Sending } from './sending'
import { emptySlots } from './slots'
import type { Talk } from './talk'
import type { Writing } from './writing'

/** What the actions work with. */
export interface Tools {
  talk: Talk
  offers: Offers
  writing: Writing
  sending: Sending
  store: DraftStore
  busy: Ref<boolean>
  say: (text: string, tone?: Notice['tone']) => void
  toTalk: () => void
  toEditor: (insert?: string) => void
}

/** What an agent does in the open conversation, by key or by mouse. */
export function useActing(tools: Tools) {
  const { talk, offers, writing, sending, store, busy, say } = tools
  const t = useMessages(messages)

  /** Send a suggestion; rank 0 is both questions in one. */
  async function sendOffer(rank: number): Promise<void> {
    if (busy.value || !offerStands(rank)) return
    const draft = rank ? offers.draft(rank) : offers.combinedDraft()
    if (!draft) return say(t.value.noSuch(rank), 'bad')
    if (emptySlots(draft.text).length) return say(t.value.fillFirst(rank), 'bad')
    await send(draft)
  }

  function offerStands(rank: number): boolean {
    if (rank === 0 && !offers.combined.value) return false
    if (offers.live.value) return true
    say(talk.pending.value ? t.value.looking : talk.answered.value ? t.value.answered : t.value.noSuch(rank), 'bad')
    return false
  }

  /** Put a suggestion into the editor: as the draft, or into the one that is there. */
  function takeOffer(rank: number): void {
    const offer = rank ? offers.draft(rank) : offers.combinedDraft()
    if (!offer) return say(t.value.noSuch(rank), 'bad')
    takeText(offer)
  }

  /** Put a reply of the library at the cursor. */
  function takeReply(reply: Suggestion): void {
    takeText({ text: reply.text, replyId: reply.reply_id })
  }

  function takeText(offer: Draft): void {
    if (writing.text.value.trim()) return tools.toEditor(offer.text)
    writing.put(offer)
    tools.toEditor()
  }

  /** Send what stands in the editor, unless the rules stop it. */
  async function sendDraft(): Promise<void> {
    const draft = { ...writing.draft.value, text: writing.text.value.trim() }
    if (busy.value) return
    if (!draft.text) return say(t.value.empty, 'bad')
    const empty = emptySlots(draft.text)
    if (empty.length) return say(t.value.unfilled(empty.map((slot) => t.value.slots[slot] ?? slot).join('、')), 'bad')
    const { verdict } = writing
    if (verdict.value?.text === writing.text.value && verdict.value.blocked) {
      return say(t.value.blockedBy(verdict.value.findings[0]?.why ?? ''), 'bad')
    }
    if (await send(draft)) writing.put({ text: '' })
  }

  /** Send a draft; whether it is out of the editor's hands. */
  async function send(draft: Draft): Promise<boolean> {
    busy.value = true
    const conversation = talk.id.value
    try {
      return ended(await sending.send(conversation, draft), draft)
    } finally {
      busy.value = false
    }
  }

  function ended(outcome: Outcome, draft: Draft): boolean {
    if (outcome.kind === 'sent') {
      say(t.value.sent)
      tools.toTalk()
      return true
    }
    if (outcome.kind === 'failed') {
      say(outcome.problem ? t.value.notSent(outcome.problem) : t.value.offlineSent, 'bad')
      tools.toTalk()
      return true
    }
    say(t.value.blockedBy(outcome.findings[0]?.why ?? ''), 'bad')
    if (!writing.text.value.trim()) writing.put(draft)
    tools.toEditor()
    return false
  }

  async function sendAgain(line: Unsent): Promise<void> {
    const { text, suggestion, rank, replyId } = line
    ended(await sending.again(line), { text, suggestion, rank, replyId })
  }

  /** Make an unsent line a draft again. It may have left already if the desk was reached: its key is given up. */
  function discard(line: Unsent): void {
    store.release(line.key)
    takeText({ text: line.text, suggestion: line.suggestion, rank: line.rank, replyId: line.replyId })
  }

  async function retry(line: Line): Promise<void> {
    await attempt(() => sending.retry(talk.id.value, line))
  }

  async function undo(): Promise<void> {
    if (!sending.undoable.value) return
    await attempt(async () => {
      const back = await sending.undo()
      if (!back) return say(t.value.tooLate, 'bad')
      say(t.value.undone)
      if (!store.has(back.conversation)) restore(back.conversation, back.draft)
      if (back.conversation === talk.id.value) tools.toEditor()
    })
  }

  function restore(conversation: string, draft: Draft): void {
    if (conversation === talk.id.value) writing.put(draft)
    else store.put(conversation, draft)
  }

  async function reject(rank: number, reason: string): Promise<void> {
    const [suggestion, path] = [talk.suggested.value?.id, { conversation: talk.id.value }]
    if (!suggestion) return
    const body = { suggestion, rank, reason }
    await attempt(async () => {
      await ask(api.POST('/v1/conversations/{conversation}/rejections', { params: { path }, body }))
      if (!talk.rejected.value.includes(rank)) talk.rejected.value.push(rank)
      say(t.value.rejected)
    })
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      say(error instanceof ApiProblem ? t.value.notSent(error.detail) : t.value.offline, 'bad')
    }
  }

  return { sendOffer, takeOffer, takeReply, sendDraft, sendAgain, discard, retry, undo, reject }
}
