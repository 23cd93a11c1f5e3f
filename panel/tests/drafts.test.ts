import { beforeEach, describe, expect, it } from 'vitest'

import { DraftStore, type Unsent } from '@/pages/desk/drafts'

const unsent: Unsent = { text: '可以开的', key: 'k1', conversation: 'c1', state: 'sending', problem: '' }

describe('drafts', () => {
  beforeEach(() => localStorage.clear())

  it('survive a reload, each in its conversation, with where they came from', () => {
    const store = new DraftStore('li')
    store.put('c1', { text: '可以开的', suggestion: 's', rank: 2 })
    store.put('c2', { text: '稍等' })
    const again = new DraftStore('li')
    expect(again.of('c1')).toEqual({ text: '可以开的', suggestion: 's', rank: 2 })
    expect(again.of('c2').text).toBe('稍等')
    expect(again.of('c3').text).toBe('')
  })

  it('of one agent are not those of another', () => {
    new DraftStore('li').put('c1', { text: '可以开的' })
    expect(new DraftStore('wang').has('c1')).toBe(false)
  })

  it('are gone once they are empty', () => {
    const store = new DraftStore('li')
    store.put('c1', { text: '可以开的' })
    store.put('c1', { text: '' })
    expect(new DraftStore('li').has('c1')).toBe(false)
  })

  it('keep the line that was on its way, under its key, as not sent', () => {
    new DraftStore('li').hold(unsent)
    const [line] = new DraftStore('li').unsentIn('c1')
    expect(line).toEqual({ ...unsent, state: 'failed' })
  })

  it('hold a line once, however often it is tried, until the desk has it', () => {
    const store = new DraftStore('li')
    store.hold(unsent)
    store.hold({ ...unsent, state: 'failed' })
    expect(store.unsentIn('c1')).toHaveLength(1)
    store.release('k1')
    expect(new DraftStore('li').unsentIn('c1')).toEqual([])
  })

  it('that are not of our form are dropped, the others stay', () => {
    localStorage.setItem('li', '{"drafts":{"c1":{"text":"好"},"c2":7,"c3":{"text":1}},"unsent":[{"text":"x"},null]}')
    const store = new DraftStore('li')
    expect([store.has('c1'), store.has('c2'), store.has('c3')]).toEqual([true, false, false])
    expect(store.unsentIn('c1')).toEqual([])
    localStorage.setItem('li', '[')
    expect(new DraftStore('li').has('c1')).toBe(false)
  })
})
