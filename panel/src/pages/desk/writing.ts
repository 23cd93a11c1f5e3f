import { computed, type Ref, ref, watch } from 'vue'

import { api, ask } from '@/api/client'

import { useTalkChecking } from './checking'
import type { Draft, DraftStore } from './drafts'

/** Milliseconds between two words to the others that one is typing. */
const TELL_EVERY = 3000

/** The draft of the open conversation: kept, checked, and told to the others while it is typed. */
export function useWriting(conversation: Ref<string>, store: DraftStore) {
  const draft = ref<Draft>({ text: '' })
  const text = computed({
    get: () => draft.value.text,
    // A draft that was emptied comes from nowhere any more.
    set: (said) => put(said.trim() ? { ...draft.value, text: said } : { text: said }),
  })
  const { verdict, unreachable, checkNow } = useTalkChecking(conversation, text)
  let told = 0

  watch(conversation, (name) => (draft.value = { ...store.of(name) }), { immediate: true })

  function put(next: Draft): void {
    draft.value = next
    if (conversation.value) store.put(conversation.value, next)
  }

  function tell(): void {
    const now = performance.now()
    if (!conversation.value || (told && now - told < TELL_EVERY)) return
    told = now
    const path = { conversation: conversation.value }
    void ask(api.POST('/v1/conversations/{conversation}/typing', { params: { path } })).catch(() => null)
  }

  return { draft, text, verdict, unreachable, checkNow, put, tell }
}

export type Writing = ReturnType<typeof useWriting>
