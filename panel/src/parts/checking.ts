import { onScopeDispose, ref, type Ref, shallowRef, watch } from 'vue'

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

interface CheckAnswer {
  blocked: boolean
  findings: Finding[]
  clauses_checked: number
}

/** Asks the desk about a text; throws ApiProblem, Offline, and AbortError by `signal`. */
export type Ask = (text: string, signal: AbortSignal) => Promise<CheckAnswer>

/**
 * Holds a text against the rules while it is typed; what comes too late is dropped. `place` is where the text belongs, ""
 * while that is not known.
 */
export function useChecking(place: Ref<string>, text: Ref<string>, ask: Ask) {
  const verdict = shallowRef<Verdict | null>(null)
  const unreachable = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  /** Check at once. Throws what `ask` throws; AbortError when the text has changed meanwhile. */
  async function checkNow(): Promise<Verdict> {
    stop()
    const [said, mine] = [text.value, (running = new AbortController())]
    const answer = await ask(said, mine.signal)
    const found = { text: said, blocked: answer.blocked, findings: answer.findings, clausesChecked: answer.clauses_checked }
    if (running === mine) {
      verdict.value = found
      unreachable.value = false
    }
    return found
  }

  function stop(): void {
    clearTimeout(timer)
    running?.abort()
  }

  function lost(error: unknown): void {
    if (!(error instanceof DOMException)) unreachable.value = true
  }

  watch([place, text], ([where, said]) => {
    stop()
    if (said.trim() && where) timer = setTimeout(() => void checkNow().catch(lost), QUIET)
    else verdict.value = null
  }, { immediate: true })

  onScopeDispose(stop)
  return { verdict, unreachable, checkNow }
}
