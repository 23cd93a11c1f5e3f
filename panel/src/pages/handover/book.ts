import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'

import { api, ask } from '@/api/client'
import { Live } from '@/pages/desk/live'

import type { Book, BookEntry, EntryState } from './types'

/** Stands for the closed period of a shop that never opens, which has no beginning. */
export const NEVER = 'never'

/** Stands for what is not done, of whatever period. */
export const UNFINISHED = 'unfinished'

/** The handover book of a shop; told live of what changes in it. */
export function useBook(shop: Ref<string>) {
  const period = ref(UNFINISHED)
  const book = shallowRef<Book | null>(null)
  const failure = shallowRef<unknown>(null)
  const changed = ref(0)
  let live: Live | null = null
  let reading = 0

  const open = computed(() => book.value?.entries.filter((entry) => entry.state !== 'done').length ?? 0)

  /** The period as the desk names it, null for all that is not done. */
  function wanted(): string | null {
    if (period.value === UNFINISHED) return null
    return period.value === NEVER ? '' : period.value
  }

  async function read(): Promise<void> {
    const round = ++reading
    if (!shop.value) return
    const query = wanted() === null ? {} : { period: wanted() }
    try {
      const found = await ask(
        api.GET('/v1/shops/{shop}/handover', { params: { path: { shop: shop.value }, query } }),
      )
      if (round !== reading) return
      book.value = found
      failure.value = null
    } catch (error) {
      if (round === reading) failure.value = error
    }
  }

  /** Take an entry, tick it off or open it again. Throws ApiProblem, Offline. */
  async function change(entry: BookEntry, state: EntryState, note?: string): Promise<void> {
    const path = { shop: shop.value, entry: entry.id }
    const body = { state, ...(note === undefined ? {} : { note }) }
    await ask(api.PATCH('/v1/shops/{shop}/handover/{entry}', { params: { path }, body }))
    await read()
  }

  /** Where the book can be fetched as a file or a page. */
  function address(kind: 'csv' | 'paper'): string {
    const path = `/v1/shops/${encodeURIComponent(shop.value)}/handover${kind === 'csv' ? '.csv' : '/paper'}`
    const at = new URL(path, location.origin)
    const began = wanted()
    if (began !== null) at.searchParams.set('period', began)
    return at.toString()
  }

  async function follow(): Promise<void> {
    live?.stop()
    live = null
    const name = shop.value
    if (!name) return
    const params = { path: { shop: name }, query: { limit: 1 } }
    const { last } = await ask(api.GET('/v1/shops/{shop}/events', { params }))
    if (name !== shop.value) return
    live = new Live(name, last, {
      happened: ({ kind }) => {
        if (kind !== 'handover') return
        changed.value += 1
        void read()
      },
      reset: () => void read(),
      refused: () => undefined,
    })
    live.start()
  }

  watch(shop, () => {
    period.value = UNFINISHED
    book.value = null
    void read()
    void follow().catch((error: unknown) => (failure.value = error))
  }, { immediate: true })
  watch(period, () => void read())
  onScopeDispose(() => live?.stop())

  return { period, book, failure, changed, open, read, change, address }
}
