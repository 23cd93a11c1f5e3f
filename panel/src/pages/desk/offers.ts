import { computed, reactive, watch } from 'vue'

import type { Suggestion } from '@/api/types'

import { type Combined, combine } from './combined'
import type { Draft } from './drafts'
import { filled } from './slots'
import type { Talk } from './talk'

/** What can be sent with one key: the suggestions with what was filled in, and both questions in one. */
export function useOffers(talk: Talk) {
  const values = reactive<Record<string, string>[]>([])

  const list = computed<readonly Suggestion[]>(() => talk.suggested.value?.answer.suggestions ?? [])
  /** Suggestions are sent by key only for a line that nobody has answered. */
  const live = computed(() => !!talk.suggested.value && !talk.answered.value && !talk.pending.value)
  const combined = computed<Combined | null>(() =>
    talk.suggested.value && live.value ? combine(talk.suggested.value.answer) : null,
  )

  watch(
    () => talk.suggested.value?.id,
    () => values.splice(0, values.length, ...list.value.map(() => ({}))),
    { immediate: true },
  )

  /** The suggestion of a rank (from 1) as a draft, null when there is none. */
  function draft(rank: number): Draft | null {
    const [suggestion, stored] = [list.value[rank - 1], talk.suggested.value]
    if (!suggestion || !stored) return null
    return { text: filled(suggestion.text, values[rank - 1] ?? {}), suggestion: stored.id, rank }
  }

  /** Both questions in one as a draft; it counts as an edit of the first. */
  function combinedDraft(): Draft | null {
    const stored = talk.suggested.value
    return combined.value && stored
      ? { text: combined.value.text, suggestion: stored.id, rank: combined.value.ranks[0] }
      : null
  }

  return { values, list, live, combined, draft, combinedDraft }
}

export type Offers = ReturnType<typeof useOffers>
