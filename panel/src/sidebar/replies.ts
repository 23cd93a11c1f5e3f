import { ref, shallowRef } from 'vue'

import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Finding, Shop, Suggestion } from '@/api/types'

import type { Open, Suggest, Wish } from './protocol'

/** A reply as the side bar shows it. */
export type Reply = Pick<Suggestion, 'reply_id' | 'text' | 'confidence' | 'clauses_checked' | 'missing_slots'> & {
  findings: readonly Pick<Finding, 'clause' | 'why'>[]
}

/** Replies to a line, and why there is none. */
export interface Answer {
  suggestions: readonly Reply[]
  reason: string
}

/** A conversation that is open, and the number of the shop's latest event when it was read. */
export interface Talk {
  shop: string
  id: string
  event: number
}

/** Replies to what the host, or the agent, asks about. */
export function useReplies() {
  const answer = shallowRef<Answer | null>(null)
  const line = ref('')
  const busy = ref(false)
  const problem = shallowRef<unknown>(null)
  const talk = shallowRef<Talk | null>(null)
  let latest = 0

  /** Do what is wished for in this shop; false: there is no conversation to open. A later wish wins. */
  async function find(wish: Wish, shop: Shop): Promise<boolean> {
    const mine = ++latest
    busy.value = true
    problem.value = null
    try {
      const found = wish.kind === 'open' ? await open(wish) : { talk: null, ...(await suggest(wish, shop)) }
      if (mine !== latest) return true
      talk.value = found?.talk ?? null
      line.value = found?.line ?? ''
      answer.value = found?.answer ?? null
      return found !== null
    } catch (error) {
      if (mine === latest) problem.value = error
      if (error instanceof ApiProblem) return true
      throw error
    } finally {
      if (mine === latest) busy.value = false
    }
  }

  return { answer, line, busy, problem, talk, find }
}

async function suggest(wish: Suggest, shop: Shop): Promise<{ line: string; answer: Answer }> {
  const body = {
    text: wish.text,
    platform: shop.platform,
    shop: shop.id,
    previous_buyer: wish.previousBuyer,
    previous_agent: wish.previousAgent,
    order: wish.order,
    context: {},
    k: 3,
  }
  return { line: wish.text, answer: await ask(api.POST('/v1/suggestions', { body })) }
}

async function open(wish: Open): Promise<{ talk: Talk; line: string; answer: Answer | null } | null> {
  const query = { buyer: wish.buyer, limit: 1 }
  const page = await ask(api.GET('/v1/shops/{shop}/conversations', { params: { path: { shop: wish.shop }, query } }))
  const [first] = page.conversations
  if (!first) return null
  const path = { conversation: first.id }
  const detail = await ask(api.GET('/v1/conversations/{conversation}', { params: { path } }))
  const answered = detail.lines.messages.find((said) => said.id === detail.suggested?.message)
  const said = answered ?? detail.lines.messages.filter((one) => one.speaker === 'buyer').at(-1)
  const talk = { shop: wish.shop, id: first.id, event: detail.event }
  return { talk, line: said?.text ?? '', answer: detail.suggested?.answer ?? null }
}
