import { onScopeDispose, ref, type Ref, watch } from 'vue'

import { api, ask } from '@/api/client'
import type { Finding } from '@/api/types'

/** Milliseconds after the last key before a text is checked. */
const QUIET = 50

/** What the rules say about a text; `text` is the one that was checked. */
export interface Verdict {
  text: string
  blocked: boolean
  findings: Finding[]
  clausesChecked: number
}

/** Checks a text of a conversation while it is typed; what comes too late is dropped. */
export function useChecking(conversation: Ref<string>, text: Ref<string>) {
  const verdict = ref<Verdict | null>(null)
  const unreachable = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  /** Check at once. Throws ApiProblem, Offline, and AbortError when the text has changed meanwhile. */
  async function checkNow(): Promise<Verdict> {
    clearTimeout(timer)
    running?.abort()
    const controller = (running = new AbortController())
    const [path, said] = [{ conversation: conversation.value }, text.value]
    const options = { params: { path }, body: { text: said }, signal: controller.signal }
    const answer = await ask(api.POST('/v1/conversations/{conversation}/check', options))
    const found = { text: said, blocked: answer.blocked, findings: answer.findings, clausesChecked: answer.clauses_checked }
    if (running === controller) {
      verdict.value = found
      unreachable.value = false
    }
    return found
  }

  watch([conversation, text], ([, said]) => {
    clearTimeout(timer)
    running?.abort()
    if (!said.trim() || !conversation.value) {
      verdict.value = null
      return
    }
    timer = setTimeout(() => void checkNow().catch(lost), QUIET)
  }, { immediate: true })

  function lost(error: unknown): void {
    if (!(error instanceof DOMException)) unreachable.value = true
  }

  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return { verdict, unreachable, checkNow }
}
