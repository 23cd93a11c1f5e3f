import { onScopeDispose, ref } from 'vue'

/** Milliseconds for which a notice stands. */
const STANDS = 5000

export interface Notice {
  text: string
  tone: 'good' | 'bad'
}

/** One short notice at a time, read out by screen readers. */
export function useNotice() {
  const notice = ref<Notice | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function say(text: string, tone: Notice['tone'] = 'good'): void {
    notice.value = { text, tone }
    clearTimeout(timer)
    timer = setTimeout(() => (notice.value = null), STANDS)
  }

  onScopeDispose(() => clearTimeout(timer))
  return { notice, say }
}
