import { onScopeDispose, ref, type Ref, shallowRef, watch } from 'vue'

import { api, ask } from '@/api/client'
import type { Finding } from '@/api/types'

/** Milliseconds after the last key before a text is checked. */
const QUIET = 60

/** What the rules say about a text; `text` is the one that was checked. */
export interface Checked {
  text: string
  blocked: boolean
  findings: Finding[]
  clausesChecked: number
}

/** Holds a text that belongs to no conversation against a shop's rules while it is typed. */
export function useTextCheck(shop: () => string, platform: () => string, text: Ref<string>) {
  const checked = shallowRef<Checked | null>(null)
  const unreachable = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | null = null

  async function check(): Promise<void> {
    const mine = (running = new AbortController())
    const said = text.value
    const body = { text: said, platform: platform(), shop: shop(), context: {} }
    try {
      const answer = await ask(api.POST('/v1/check', { body, signal: mine.signal }))
      if (running !== mine) return
      const { blocked, findings, clauses_checked: clausesChecked } = answer
      checked.value = { text: said, blocked, findings, clausesChecked }
      unreachable.value = false
    } catch (error) {
      if (running === mine && !(error instanceof DOMException)) unreachable.value = true
    }
  }

  watch(text, (said) => {
    clearTimeout(timer)
    running?.abort()
    if (said.trim()) timer = setTimeout(() => void check(), QUIET)
    else checked.value = null
  }, { immediate: true })

  onScopeDispose(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return { checked, unreachable }
}
