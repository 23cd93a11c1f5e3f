import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'

import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { components } from '@/api/schema'

export type Progress = components['schemas']['BusyHourProgress']

const EVERY = 1_000

/** Why an hour could not be begun. */
export type Refusal = { kind: 'already' } | { kind: 'tooOften'; seconds: number } | { kind: 'failed' }

/** The simulated busy hour of a demo shop: how far it is, and beginning it. */
export function useBusyHour(shop: Ref<string>) {
  const progress = shallowRef<Progress>()
  const refusal = shallowRef<Refusal>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    const asked = shop.value
    try {
      const found = await ask(api.GET('/v1/demo/{shop}/busy-hour', { params: { path: { shop: asked } } }))
      if (asked !== shop.value) return
      progress.value = found
    } catch {
      if (asked !== shop.value) return
    }
    if (progress.value?.running) timer = setTimeout(() => void look(), EVERY)
  }

  async function begin(): Promise<void> {
    refusal.value = undefined
    try {
      const asked = { params: { path: { shop: shop.value } }, body: { speed: 60 } }
      progress.value = await ask(api.POST('/v1/demo/{shop}/busy-hour', asked))
    } catch (error) {
      refusal.value = reason(error)
    }
    await look()
  }

  function reason(error: unknown): Refusal {
    if (!(error instanceof ApiProblem)) return { kind: 'failed' }
    if (error.status === 409) return { kind: 'already' }
    return error.status === 429 ? { kind: 'tooOften', seconds: error.retryAfter ?? 60 } : { kind: 'failed' }
  }

  watch(
    shop,
    () => {
      progress.value = undefined
      refusal.value = undefined
      void look()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  return { progress, refusal, begin }
}
