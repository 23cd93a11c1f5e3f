import { computed, ref } from 'vue'

import { isoDay } from './numbers'

export const SPANS = [1, 7, 30, 90] as const
export type Span = (typeof SPANS)[number]

/** The latest so many days, as the API asks for them. */
export function usePeriod(usual: Span = 30) {
  const span = ref<Span>(usual)
  const days = computed(() => {
    const first = new Date()
    first.setDate(first.getDate() - span.value + 1)
    return { from: isoDay(first), to: isoDay(new Date()) }
  })
  return { span, days }
}
