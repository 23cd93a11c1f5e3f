import { computed, onScopeDispose, ref, type Ref, shallowRef, watch } from 'vue'

import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { components } from '@/api/schema'

import { randomId } from './buyer'

export type Shown = components['schemas']['DemoShown']
export type BuyerOrder = Record<string, unknown>

/** A line of the buyer's own that the desk has not confirmed yet. */
export interface Draft {
  id: string
  text: string
  state: 'sending' | 'failed'
}

const OFTEN = 1_000
const SELDOM = 4_000

/** The chat of one buyer with one shop: what appeared, what is on its way, and the order it is about. */
export function useChat(shop: Ref<string>, buyer: Ref<string>) {
  const lines = shallowRef<readonly Shown[]>([])
  const drafts = ref<Draft[]>([])
  const order = shallowRef<BuyerOrder | null>(null)
  const offline = ref(false)
  const waitSeconds = ref(0)
  let next = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let talk = 0

  const who = computed(() => ({ path: { shop: shop.value }, header: { 'X-Huashu-Buyer': buyer.value } }))

  async function look(): Promise<void> {
    const mine = talk
    clearTimeout(timer)
    try {
      const request = { params: { ...who.value, query: { after: next } } }
      const view = await ask(api.GET('/v1/demo/{shop}/messages', request))
      if (mine !== talk) return
      offline.value = false
      order.value = view.order
      take(view.lines, view.next)
    } catch (error) {
      if (mine !== talk) return
      offline.value = !(error instanceof ApiProblem)
    }
    timer = setTimeout(() => void look(), document.hidden ? SELDOM : OFTEN)
  }

  function take(shown: readonly Shown[], place: number): void {
    const fresh = shown.filter((line) => line.place > next)
    next = Math.max(next, place)
    if (fresh.length) lines.value = [...lines.value, ...fresh]
  }

  async function deliver(draft: Draft): Promise<void> {
    const mine = talk
    change(draft.id, 'sending')
    try {
      const body = { text: draft.text, id: draft.id }
      await ask(api.POST('/v1/demo/{shop}/messages', { params: who.value, body }))
      if (mine !== talk) return
      await look()
      drafts.value = drafts.value.filter((one) => one.id !== draft.id)
    } catch (error) {
      if (mine !== talk) return
      change(draft.id, 'failed')
      if (error instanceof ApiProblem && error.status === 429) rest(error.retryAfter ?? 3)
    }
  }

  function change(id: string, state: Draft['state']): void {
    drafts.value = drafts.value.map((one) => (one.id === id ? { ...one, state } : one))
  }

  function rest(seconds: number): void {
    waitSeconds.value = Math.ceil(seconds)
    setTimeout(() => (waitSeconds.value = 0), seconds * 1_000)
  }

  /** Write a line; it has an id of its own, so that trying again never makes two of it. */
  function say(text: string): void {
    const draft: Draft = { id: randomId(), text, state: 'sending' }
    drafts.value = [...drafts.value, draft]
    void deliver(draft)
  }

  function again(draft: Draft): void {
    void deliver(draft)
  }

  watch(
    [shop, buyer],
    () => {
      talk += 1
      next = 0
      lines.value = []
      drafts.value = []
      order.value = null
      if (shop.value) void look()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    talk += 1
    clearTimeout(timer)
  })

  return { lines, drafts, order, offline, waitSeconds, say, again }
}
