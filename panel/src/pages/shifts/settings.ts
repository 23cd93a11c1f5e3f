import { ref, shallowRef, watch, type Ref } from 'vue'

import { api, ask } from '@/api/client'

import type { Auto, Hours, HoursAnswer, PolicyAnswer, Preset } from './types'

/** What is set for a shop: its hours and its policy, with the ready sets of shifts. */
export function useSettings(shop: Ref<string>) {
  const hours = shallowRef<HoursAnswer | null>(null)
  const policy = shallowRef<PolicyAnswer | null>(null)
  const presets = shallowRef<Preset[]>([])
  const failure = shallowRef<unknown>(null)
  const busy = ref(false)
  let reading = 0

  function params() {
    return { path: { shop: shop.value } }
  }

  async function read(): Promise<void> {
    const round = ++reading
    if (!shop.value) return
    try {
      const [foundHours, foundPolicy, foundPresets] = await Promise.all([
        ask(api.GET('/v1/shops/{shop}/hours', { params: params() })),
        ask(api.GET('/v1/shops/{shop}/auto', { params: params() })),
        ask(api.GET('/v1/hours/presets')),
      ])
      if (round !== reading) return
      hours.value = foundHours
      policy.value = foundPolicy
      presets.value = foundPresets
      failure.value = null
    } catch (error) {
      if (round === reading) failure.value = error
    }
  }

  /** Set the hours, null for those of the file. Throws ApiProblem (409 when changed since), Offline. */
  async function setHours(wanted: Hours | null): Promise<void> {
    const body = { hours: wanted, version: hours.value?.set_by.version ?? null }
    hours.value = await ask(api.PUT('/v1/shops/{shop}/hours', { params: params(), body }))
  }

  /** Set the policy, null for that of the file. Throws as `setHours`. */
  async function setPolicy(wanted: Auto | null): Promise<void> {
    const body = { auto: wanted, version: policy.value?.set_by.version ?? null }
    policy.value = await ask(api.PUT('/v1/shops/{shop}/auto', { params: params(), body }))
  }

  watch(shop, () => void read(), { immediate: true })

  return { hours, policy, presets, failure, busy, read, setHours, setPolicy }
}
