import { computed, ref, shallowRef } from 'vue'

import { api, ask } from '@/api/client'

import type { Auto, TriedTalk, TrialPage } from './types'

const PAGE = 5

/** A policy tried on the last closed period, page by page; nothing is sent. */
export function useTrial() {
  const talks = shallowRef<TriedTalk[]>([])
  const total = ref(0)
  const span = ref<[string, string] | null>(null)
  const running = ref(false)
  let round = 0

  const lines = computed(() => talks.value.flatMap((talk) => talk.lines))
  const answered = computed(() => lines.value.filter((line) => line.route === 'auto' && line.would_send.length).length)
  const held = computed(() => lines.value.filter((line) => line.route === 'hold' && line.would_send.length).length)

  /** Try it; a trial that runs gives way. Throws ApiProblem, Offline. */
  async function start(shop: string, policy: Auto): Promise<void> {
    const mine = ++round
    running.value = true
    talks.value = []
    total.value = 0
    span.value = null
    let after: string | null = ''
    try {
      while (after !== null && mine === round) {
        const page: TrialPage = await read(shop, policy, after)
        if (mine !== round) return
        talks.value = [...talks.value, ...page.talks]
        total.value = page.total
        span.value = page.since && page.until ? [page.since, page.until] : null
        after = page.next
      }
    } finally {
      if (mine === round) running.value = false
    }
  }

  function read(shop: string, policy: Auto, after: string): Promise<TrialPage> {
    const params = { path: { shop }, query: { after, limit: PAGE } }
    return ask(api.POST('/v1/shops/{shop}/auto/trial', { params, body: policy }))
  }

  function stop(): void {
    round += 1
    running.value = false
  }

  return { talks, total, span, running, lines, answered, held, start, stop }
}
