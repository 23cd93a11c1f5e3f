import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'

import SuggestionCard from '@/pages/desk/SuggestionCard.vue'

import { mount } from './mounting'

const SUGGESTION = {
  reply_id: 'shipping.tracking.number', topic: 'shipping/tracking', text: '{order.carrier}发的，单号{order.tracking_number}。',
  confidence: 0.72, scores: { dense: 0, keyword: 0, prior: 0 }, auto: true, keeps: ['tmall.shipping.truth'],
  clauses_checked: 97, findings: [], missing_slots: ['order.carrier', 'order.tracking_number'],
}

async function card(changes: Record<string, unknown> = {}) {
  const calls: string[] = []
  const given = {
    suggestion: SUGGESTION, rank: 2, platform: 'tmall', conversation: '', rejected: false, muted: false, values: {},
    'onUpdate:values': (values: unknown) => (shown.props.values = values),
    onSend: () => calls.push('send'), onTake: () => calls.push('take'), onReject: () => calls.push('reject'),
    ...changes,
  }
  const shown: Awaited<ReturnType<typeof mount>> & { props: { values?: unknown } } = await mount(SuggestionCard, given)
  return { ...shown, calls }
}

function sendButton(root: HTMLElement): HTMLButtonElement {
  return root.querySelector('button.main') as HTMLButtonElement
}

describe('a suggestion', () => {
  it('says how sure it is, where it goes, what was checked, what it keeps and which reply it is', async () => {
    const { root } = await card()
    for (const said of ['72%', '天猫', '97', 'tmall.shipping.truth', 'shipping.tracking.number']) {
      expect(root.textContent).toContain(said)
    }
  })

  it('has a field for each gap, and is ready once all are filled', async () => {
    const { root, props } = await card()
    const fields = [...root.querySelectorAll('input')]
    expect(fields.map((field) => field.getAttribute('aria-label'))).toEqual(['要补上：快递公司', '要补上：快递单号'])
    expect(sendButton(root).getAttribute('aria-disabled')).toBe('true')
    for (const field of fields) {
      field.value = '1'
      field.dispatchEvent(new Event('input'))
      await nextTick()
    }
    expect(props.values).toEqual({ 'order.carrier': '1', 'order.tracking_number': '1' })
    expect(sendButton(root).getAttribute('aria-disabled')).toBe('false')
  })

  it('cannot be sent for a line that was answered', async () => {
    const { root, calls } = await card({ muted: true })
    sendButton(root).click()
    expect(calls).toEqual([])
  })

  it('that was rejected says so', async () => {
    const { root } = await card({ rejected: true })
    expect(root.textContent).toContain('已标记不合适')
  })
})
