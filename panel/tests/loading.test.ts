import { effectScope, nextTick, ref } from 'vue'
import { expect, test } from 'vitest'

import { useLoading } from '@/parts/loading'

/** Answers that come when they are told to. */
function answers() {
  const waiting: { resolve: (text: string) => void; reject: (error: Error) => void; signal: AbortSignal }[] = []
  const fetch = (signal: AbortSignal): Promise<string> =>
    new Promise((resolve, reject) => waiting.push({ resolve, reject, signal }))
  return { waiting, fetch }
}

test('an answer that comes after a later question is dropped', async () => {
  const { waiting, fetch } = answers()
  const word = ref('a')
  const scope = effectScope()
  const loaded = scope.run(() => useLoading([word], fetch))
  word.value = 'b'
  await nextTick()
  expect(waiting[0]?.signal.aborted).toBe(true)
  waiting[1]?.resolve('second')
  waiting[0]?.resolve('first')
  await nextTick()
  expect(loaded?.data.value).toBe('second')
  scope.stop()
})

test('a failure leaves what was there, and the next try takes it away', async () => {
  const { waiting, fetch } = answers()
  const scope = effectScope()
  const loaded = scope.run(() => useLoading([], fetch))
  if (!loaded) throw new Error('no scope')
  waiting[0]?.resolve('kept')
  await nextTick()
  const second = loaded.load()
  waiting[1]?.reject(new Error('down'))
  await second
  expect([loaded.data.value, loaded.loading.value]).toEqual(['kept', false])
  expect(loaded.failure.value).toBeInstanceOf(Error)
  const third = loaded.load()
  waiting[2]?.resolve('new')
  await third
  expect([loaded.data.value, loaded.failure.value]).toEqual(['new', null])
  scope.stop()
})
