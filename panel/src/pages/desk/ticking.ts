import { onScopeDispose, type Ref, ref } from 'vue'

/** `performance.now()`, renewed twice a second while the scope lives. */
export function useTicking(): Ref<number> {
  const now = ref(performance.now())
  const timer = setInterval(() => (now.value = performance.now()), 500)
  onScopeDispose(() => clearInterval(timer))
  return now
}
