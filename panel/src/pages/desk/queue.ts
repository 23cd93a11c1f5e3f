import { computed, onScopeDispose, reactive, ref, shallowReactive, shallowRef } from 'vue'

import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Conversation, Shop } from '@/api/types'
import { readKept, writeKept } from '@/session/kept'
import { recall } from '@/session/entry'

import { Live } from './live'
import type { LiveEvent } from './liveEvents'
import { byClock } from './queueOrder'
import { Seen } from './seen'

const CHOSEN = 'huashu.shop'
const PAGE = 50
/** Milliseconds in which changes are gathered before they are read. */
const GATHER = 80
/** So many changed conversations are read one by one; more of them by the page. */
const FEW = 4
/** Milliseconds between two readings of everything: clocks go on and stop by the platform's hours. */
const RENEW = 60_000

/** A conversation as it was read, and when. */
export interface Entry {
  talk: Conversation
  readAt: number
}

/** The conversations of the agent's shops, by clock; told live of what happens. */
export function useQueue(hear: (event: LiveEvent) => void, renewed: () => void) {
  const shops = ref<Shop[]>([])
  const chosen = ref(readKept(CHOSEN) ?? '')
  const entries = reactive(new Map<string, Entry>())
  const more = reactive(new Map<string, string>())
  const lives = shallowReactive(new Map<string, Live>())
  const loaded = ref(false)
  const failure = shallowRef<unknown>(null)
  const seen = new Seen()
  const changed = new Map<string, string>()
  let gathering: ReturnType<typeof setTimeout> | undefined

  const ordered = computed(() =>
    [...entries.values()]
      .filter(({ talk }) => !chosen.value || talk.shop === chosen.value)
      .sort((a, b) => byClock(a.talk, b.talk)),
  )
  const online = computed(() => [...lives.values()].every((live) => live.connected.value))
  const waiting = computed(() => {
    const counts = new Map<string, number>()
    for (const { talk } of entries.values()) {
      if (talk.waiting_since) counts.set(talk.shop, (counts.get(talk.shop) ?? 0) + 1)
    }
    return counts
  })
  const hasMore = computed(() => [...more.keys()].some((shop) => !chosen.value || shop === chosen.value))

  function put(talk: Conversation): void {
    entries.set(talk.id, { talk, readAt: performance.now() })
  }

  async function readPage(shop: string, cursor?: string): Promise<number> {
    const query = cursor ? { limit: PAGE, cursor } : { limit: PAGE }
    const page = await ask(api.GET('/v1/shops/{shop}/conversations', { params: { path: { shop }, query } }))
    page.conversations.forEach(put)
    if (cursor || !more.has(shop)) {
      if (page.next) more.set(shop, page.next)
      else more.delete(shop)
    }
    return page.event
  }

  async function open(): Promise<void> {
    try {
      shops.value = await ask(api.GET('/v1/shops'))
      if (!shops.value.some((shop) => shop.id === chosen.value)) chosen.value = ''
      await Promise.all(shops.value.map(connect))
      failure.value = null
    } catch (error) {
      failure.value = error
    }
    loaded.value = true
  }

  async function connect(shop: Shop): Promise<void> {
    if (lives.has(shop.id)) return
    const event = await readPage(shop.id)
    const live = new Live(shop.id, event, {
      happened,
      reset: () => void renew(),
      refused: () => void recall().catch(() => null),
    })
    lives.set(shop.id, live)
    live.start()
  }

  function happened(event: LiveEvent): void {
    hear(event)
    if (event.kind === 'typing') return
    const shop = entries.get(event.conversation)?.talk.shop
    changed.set(event.conversation, shop ?? '')
    gathering ??= setTimeout(() => void readChanged(), GATHER)
  }

  async function readChanged(): Promise<void> {
    gathering = undefined
    const names = [...changed.keys()]
    changed.clear()
    if (names.length > FEW) await Promise.allSettled(shops.value.map((shop) => readPage(shop.id)))
    else await Promise.allSettled(names.map(readOne))
  }

  async function readOne(conversation: string): Promise<void> {
    const path = { conversation }
    put(await ask(api.GET('/v1/conversations/{conversation}/summary', { params: { path } })))
  }

  /** Read everything anew. */
  async function renew(): Promise<void> {
    renewed()
    if (!lives.size) await open()
    else await Promise.allSettled(shops.value.map((shop) => readPage(shop.id)))
  }

  /** Read the next page of the shops that are shown. */
  async function readMore(): Promise<void> {
    const wanted = [...more].filter(([shop]) => !chosen.value || shop === chosen.value)
    await Promise.allSettled(wanted.map(([shop, cursor]) => readPage(shop, cursor).catch(forget(shop))))
  }

  /** A cursor that the desk does not take any more is dropped. */
  function forget(shop: string) {
    return (error: unknown): void => {
      if (error instanceof ApiProblem && error.status === 422) more.delete(shop)
    }
  }

  function choose(shop: string): void {
    chosen.value = shop
    writeKept(CHOSEN, shop || null)
  }

  const renewal = setInterval(() => void renewQuietly(), RENEW)

  async function renewQuietly(): Promise<void> {
    if (!lives.size) await open()
    else await Promise.allSettled(shops.value.map((shop) => readPage(shop.id)))
  }

  onScopeDispose(() => {
    clearInterval(renewal)
    clearTimeout(gathering)
    lives.forEach((live) => live.stop())
  })

  return {
    shops, chosen, entries, ordered, waiting, online, loaded, failure, hasMore, seen,
    open, put, choose, readMore, readOne,
  }
}

export type Queue = ReturnType<typeof useQueue>
