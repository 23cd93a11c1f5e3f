import { onScopeDispose, ref, shallowRef, watch, type WatchSource } from 'vue'

/** What is shown while something is fetched, and after; an answer that came too late is dropped. */
export function useLoading<Data>(sources: WatchSource[], fetch: (signal: AbortSignal) => Promise<Data | null>) {
  const data = shallowRef<Data | null>(null)
  const failure = shallowRef<unknown>(null)
  const loading = ref(false)
  let running: AbortController | null = null

  /** Fetch now. */
  async function load(): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const found = await fetch(mine.signal)
      if (running !== mine) return
      data.value = found
      failure.value = null
    } catch (error) {
      if (running === mine) failure.value = error
    } finally {
      if (running === mine) loading.value = false
    }
  }

  watch(sources, () => void load(), { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, failure, loading, load }
}
