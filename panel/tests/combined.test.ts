import { describe, expect, it } from 'vitest'

import type { Suggested, Suggestion } from '@/api/types'
import { combine } from '@/pages/desk/combined'

function suggestion(topic: string, text: string, missing: string[] = []): Suggestion {
  const scores = { dense: 0, keyword: 0, prior: 0 }
  const rest = { confidence: 0.7, scores, auto: true, keeps: [], clauses_checked: 97, findings: [] }
  return { reply_id: topic, topic, text, missing_slots: missing, ...rest }
}

function answer(intents: [string, number][], ...suggestions: Suggestion[]): Suggested['answer'] {
  const understanding = {
    intents: intents.map(([name, confidence]) => ({ name, confidence })), topics: [], entities: [], source: 'rasa',
  }
  const timings_ms = { understand: 0, encode: 0, search: 0, rank: 0, check: 0, total: 0 }
  return { understanding, route: 'panel', reason: '', suggestions, blocked: [], notes: [], timings_ms }
}

const INVOICE = suggestion('invoice/issue', '可以开的')
const SHIPPING = suggestion('shipping/delay', '亲，正在催仓库')

describe('two questions', () => {
  it('get one reply, in the order of the suggestions and with one greeting', () => {
    const combined = combine(answer([['shipping', 0.5], ['invoice', 0.4]], INVOICE, suggestion('greet/hello', '在的'), SHIPPING))
    expect(combined).toEqual({ ranks: [1, 3], text: '可以开的\n正在催仓库' })
  })

  it('are not seen where one is only faintly there', () => {
    expect(combine(answer([['invoice', 0.9], ['shipping', 0.05]], INVOICE, SHIPPING))).toBeNull()
  })

  it('are not answered together while something is missing', () => {
    const gap = suggestion('shipping/delay', '{order.carrier}发的', ['order.carrier'])
    expect(combine(answer([['invoice', 0.5], ['shipping', 0.4]], INVOICE, gap))).toBeNull()
    expect(combine(answer([['invoice', 0.5], ['shipping', 0.4]], INVOICE))).toBeNull()
  })
})
