import type { Ref } from 'vue'

import { api, ask } from '@/api/client'
import { useChecking } from '@/parts/checking'

/** Checks a text of a conversation while it is typed. */
export function useTalkChecking(conversation: Ref<string>, text: Ref<string>) {
  return useChecking(conversation, text, (said, signal) => {
    const path = { conversation: conversation.value }
    return ask(api.POST('/v1/conversations/{conversation}/check', { params: { path }, body: { text: said }, signal }))
  })
}
