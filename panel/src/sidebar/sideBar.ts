import { computed, type ComputedRef, onMounted, onScopeDispose, ref, shallowRef, watch } from 'vue'

import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Shop } from '@/api/types'
import { session } from '@/session/session'

import { leaveFrame, loadOrigins, recallFrame } from './entry'
import { type Host, listenToHost } from './host'
import type messages from './messages'
import { type Hello, VERSION, type Wish } from './protocol'
import { useReplies } from './replies'
import { followTalk } from './talk'

const RETRY = 3_000

/** The side bar: the session of this frame, what its host wishes for, and the replies to it. */
export function useSideBar(t: ComputedRef<typeof messages.zh>) {
  const notice = ref('')
  const said = ref('')
  const shops = shallowRef<readonly Shop[]>([])
  const shop = ref('')
  const typed = ref('')
  const wish = shallowRef<Wish | null>(null)
  const { answer, line, busy, problem, talk, find } = useReplies()
  let host: Host | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const replies = computed(() => answer.value?.suggestions ?? [])
  const none = computed(() => {
    if (problem.value instanceof ApiProblem) return t.value.failed(problem.value.detail)
    if (answer.value && !replies.value.length) return t.value.none(answer.value.reason)
    return wish.value?.kind === 'open' && talk.value && !answer.value ? t.value.waiting : ''
  })

  async function begin(): Promise<void> {
    clearTimeout(timer)
    const origins = loadOrigins()
    host ??= listenToHost(untilKnown(origins), hear)
    try {
      await origins
      await recallFrame()
      notice.value = ''
    } catch (error) {
      notice.value = error instanceof ApiProblem ? t.value.absent : t.value.offline
      if (!(error instanceof ApiProblem)) timer = setTimeout(() => void begin(), RETRY)
    }
  }

  /** The origins, asked for until the desk answers; none where there is no side bar. */
  async function untilKnown(first: Promise<readonly string[]>): Promise<readonly string[]> {
    for (let asked = first; ; asked = loadOrigins()) {
      try {
        return await asked
      } catch (error) {
        if (error instanceof ApiProblem) return []
        await new Promise((later) => setTimeout(later, RETRY))
      }
    }
  }

  function hear(heard: Hello | Wish): void {
    if (heard.kind === 'hello') {
      tellReady()
      return
    }
    wish.value = heard
    void grant()
  }

  function tellReady(): void {
    host?.tell({ kind: 'ready', versions: [VERSION], loggedIn: !!session.value })
  }

  /** Do what was wished for last, once somebody is logged in. */
  async function grant(): Promise<void> {
    const wanted = wish.value
    if (!wanted || !session.value || !shops.value.length) return
    const known = shops.value.find((one) => one.id === wanted.shop)
    if (!known) {
      host?.tell({ kind: 'refused', reason: 'shop', versions: [VERSION] })
      return
    }
    shop.value = known.id
    said.value = ''
    await search(wanted, known)
  }

  async function search(wanted: Wish, known: Shop): Promise<void> {
    try {
      const found = await find(wanted, known)
      notice.value = ''
      if (wish.value !== wanted) return
      if (line.value) typed.value = line.value
      if (wanted.kind !== 'open') return
      said.value = found ? '' : t.value.notFound
      host?.tell({ kind: 'opened', shop: wanted.shop, buyer: wanted.buyer, found })
    } catch {
      said.value = t.value.offline
      timer = setTimeout(() => void search(wanted, known), RETRY)
    }
  }

  async function loadShops(): Promise<void> {
    if (!session.value) return
    if (session.value.must_change) {
      notice.value = t.value.mustChange
      await leaveFrame()
      return
    }
    shops.value = await ask(api.GET('/v1/shops'))
    shop.value ||= shops.value[0]?.id ?? ''
    if (!shops.value.length) notice.value = t.value.noShops
  }

  function findTyped(): void {
    if (!typed.value.trim() || !shop.value) return
    wish.value = {
      kind: 'suggest',
      shop: shop.value,
      text: typed.value,
      previousBuyer: '',
      previousAgent: '',
      order: {},
    }
    void grant()
  }

  /** Put a reply into the host's editor; where there is no host, on the clipboard. */
  function insert(index: number): void {
    const reply = replies.value[index]
    if (!reply || reply.missing_slots.length) return
    if (window.parent === window) {
      void navigator.clipboard.writeText(reply.text)
      said.value = t.value.alone
      return
    }
    host?.tell({ kind: 'insert', shop: shop.value, text: reply.text, replyId: reply.reply_id })
    said.value = t.value.inserted
  }

  /** Enter looks for replies; not the one that chooses a word in an input method. */
  function onTyping(event: Event | KeyboardEvent): void {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Enter') return
    if (event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    findTyped()
  }

  function onKey(event: KeyboardEvent): void {
    const inside = event.target instanceof Element && event.target.closest('input, textarea, select')
    if (inside || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    const place = ['1', '2', '3'].indexOf(event.key)
    if (place < 0 || !replies.value[place]) return
    event.preventDefault()
    insert(place)
  }

  const sizes = new ResizeObserver(([entry]) => {
    if (entry) host?.tell({ kind: 'height', pixels: Math.ceil(entry.target.getBoundingClientRect().height) })
  })

  /** Watch how high the content is. */
  function measure(element: unknown): void {
    sizes.disconnect()
    if (element instanceof Element) sizes.observe(element)
  }

  watch(session, async (who, before) => {
    if (who === undefined) return
    if (who) await loadShops().catch(() => (notice.value = t.value.offline))
    else answer.value = null
    if (before !== undefined || who) tellReady()
    await grant()
  })
  watch(talk, (open, _, onCleanup) => {
    if (open) onCleanup(followTalk(open, () => void grant()))
  })

  onMounted(() => {
    window.addEventListener('keydown', onKey)
    void begin()
  })
  onScopeDispose(() => {
    window.removeEventListener('keydown', onKey)
    clearTimeout(timer)
    sizes.disconnect()
    host?.leave()
  })

  return { session, notice, said, shops, shop, typed, replies, busy, none, findTyped, insert, leave: leaveFrame, onTyping, measure }
}
