import { computed, ref, shallowRef } from 'vue'

import { api, ask } from '@/api/client'
import type { Conversation, Line, Order, Suggested } from '@/api/types'

import { type LiveEvent, numberOf, textOf } from './liveEvents'

const DELIVERIES = ['queued', 'sending', 'delivered', 'dead', 'withdrawn'] as const
/** How far a line is that the desk's answer still calls queued: the events about it were faster than the answer. */
const UNDER_WAY = new Set<Line['delivery']>(['sending', 'delivered'])

/** Milliseconds for which somebody counts as typing. */
const TYPING = 5000

/** The conversation that is open. */
export function useTalk() {
  const id = ref('')
  const talk = shallowRef<Conversation | null>(null)
  const lines = ref<Line[]>([])
  const earlier = ref<number | null>(null)
  const suggested = shallowRef<Suggested | null>(null)
  const order = shallowRef<Order | null>(null)
  const rejected = ref<number[]>([])
  const failures = ref<Record<string, string>>({})
  const typing = ref('')
  const failure = shallowRef<unknown>(null)
  /** Of lines that are not known yet. */
  const early = new Map<string, Line['delivery']>()
  let typed: ReturnType<typeof setTimeout> | undefined
  let reading = 0

  const standing = computed(() => lines.value.filter((line) => line.delivery !== 'withdrawn'))
  /** Whether the shop has said something behind the line that the suggestions are for. */
  const answered = computed(() => {
    const about = standing.value.find((line) => line.id === suggested.value?.message)
    if (!about) return false
    return standing.value.some((line) => line.number > about.number && ['agent', 'robot'].includes(line.speaker))
  })
  /** Whether the buyer has said something that there are no suggestions for yet. */
  const pending = computed(() => {
    const last = standing.value.at(-1)
    return last?.speaker === 'buyer' && suggested.value?.message !== last.id
  })

  async function open(conversation: string): Promise<void> {
    const round = ++reading
    if (conversation !== id.value) clear(conversation)
    if (!conversation) return
    try {
      const path = { conversation }
      const detail = await ask(api.GET('/v1/conversations/{conversation}', { params: { path } }))
      if (round !== reading) return
      talk.value = detail.conversation
      lines.value = detail.lines.messages
      earlier.value = detail.lines.before
      suggested.value = detail.suggested
      order.value = detail.order
      failure.value = null
    } catch (error) {
      if (round === reading) failure.value = error
    }
  }

  function clear(conversation: string): void {
    id.value = conversation
    talk.value = suggested.value = order.value = null
    lines.value = []
    earlier.value = null
    rejected.value = []
    typing.value = ''
    early.clear()
  }

  /** Load the lines before those that are shown. */
  async function readEarlier(): Promise<void> {
    const [conversation, before] = [id.value, earlier.value]
    if (before === null) return
    const params = { path: { conversation }, query: { before } }
    const page = await ask(api.GET('/v1/conversations/{conversation}/messages', { params }))
    if (conversation !== id.value || before !== earlier.value) return
    lines.value = [...page.messages, ...lines.value]
    earlier.value = page.before
  }

  /** A line as the desk answers that it stands; what was heard of it meanwhile is newer than an answer that it waits. */
  function put(line: Line): void {
    const heard = lines.value.find((other) => other.id === line.id)?.delivery ?? early.get(line.id) ?? null
    early.delete(line.id)
    set(line.delivery === 'queued' && UNDER_WAY.has(heard) ? { ...line, delivery: heard } : line)
  }

  function set(line: Line): void {
    const place = lines.value.findIndex((other) => other.id === line.id)
    if (place >= 0) lines.value[place] = line
    else lines.value = [...lines.value, line].sort((a, b) => a.number - b.number)
  }

  function hear(event: LiveEvent): void {
    if (event.conversation !== id.value) return
    if (event.kind === 'message') heardLine(event)
    else if (event.kind === 'delivery') heardDelivery(event)
    else if (event.kind === 'suggestions') void readSuggested()
    else if (event.kind === 'rejected' && textOf(event, 'suggestion') === suggested.value?.id) heardRejection(event)
    else if (event.kind === 'typing') heardTyping(textOf(event, 'agent'))
  }

  function heardLine(event: LiveEvent): void {
    const [name, number, speaker] = [textOf(event, 'message'), numberOf(event, 'number'), speakerOf(event)]
    if (lines.value.some((line) => line.id === name) || number === null) return
    put({
      id: name,
      number,
      speaker,
      text: textOf(event, 'text'),
      said_at: event.at,
      author: textOf(event, 'author'),
      reply_id: textOf(event, 'reply_id'),
      delivery: speaker === 'buyer' ? null : 'queued',
    })
    if (speaker !== 'buyer') typing.value = ''
  }

  function heardDelivery(event: LiveEvent): void {
    const state = DELIVERIES.find((known) => known === textOf(event, 'state'))
    const line = lines.value.find((other) => other.id === textOf(event, 'message'))
    if (!state) return
    if (!line) return void early.set(textOf(event, 'message'), state)
    set({ ...line, delivery: state })
    failures.value[line.id] = textOf(event, 'error')
  }

  function heardRejection(event: LiveEvent): void {
    const rank = numberOf(event, 'rank')
    if (rank !== null && !rejected.value.includes(rank)) rejected.value.push(rank)
  }

  function heardTyping(agent: string): void {
    typing.value = agent
    clearTimeout(typed)
    typed = setTimeout(() => (typing.value = ''), TYPING)
  }

  async function readSuggested(): Promise<void> {
    const conversation = id.value
    const path = { conversation }
    const found = await ask(api.GET('/v1/conversations/{conversation}/suggestions', { params: { path } }))
    if (conversation !== id.value) return
    if (found?.id !== suggested.value?.id) rejected.value = []
    suggested.value = found ?? null
  }

  return {
    id, talk, lines, earlier, suggested, order, rejected, failures, typing, failure, answered, pending,
    open, readEarlier, put, hear,
  }
}

function speakerOf(event: LiveEvent): Line['speaker'] {
  const said = textOf(event, 'speaker')
  return said === 'buyer' || said === 'agent' || said === 'robot' ? said : 'system'
}

export type Talk = ReturnType<typeof useTalk>
