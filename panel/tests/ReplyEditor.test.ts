import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'

import type { Verdict } from '@/parts/checking'
import ReplyEditor from '@/pages/desk/ReplyEditor.vue'

import { mount } from './mounting'

const FINDING = { clause: 'c', severity: 'block', span: [4, 8], penalty: '', why: '不能加钱', instead: '开票不另收费的' }
const BLOCKED: Verdict = { text: '要票的话加6个点', blocked: true, findings: [FINDING], clausesChecked: 97 }

async function editor(text: string, verdict: Verdict | null) {
  const calls: string[] = []
  const given = {
    modelValue: text,
    verdict,
    unreachable: false,
    busy: false,
    'onUpdate:modelValue': (said: string) => (shown.props.modelValue = said),
    onSubmit: () => calls.push('submit'),
    onLeave: () => calls.push('leave'),
  }
  const shown: Awaited<ReturnType<typeof mount>> & { props: { modelValue?: unknown; verdict?: unknown } } = await mount(ReplyEditor, given)
  const area = shown.root.querySelector('textarea') as HTMLTextAreaElement
  return { ...shown, area, calls }
}

function press(area: HTMLTextAreaElement, key: string, more: KeyboardEventInit = {}): void {
  area.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
}

describe('the editor', () => {
  it('marks a finding where it lies, and says why and what to say instead', async () => {
    const { root, area } = await editor(BLOCKED.text, BLOCKED)
    expect(root.querySelector('mark')?.textContent).toBe('加6个点')
    expect(root.querySelector('.mirror')?.textContent?.trim()).toContain(BLOCKED.text)
    expect(root.textContent).toContain('不能加钱')
    expect(area.getAttribute('aria-invalid')).toBe('true')
  })

  it('takes what to say instead with one click', async () => {
    const { root, props } = await editor(BLOCKED.text, BLOCKED)
    root.querySelector<HTMLButtonElement>('.findings button')?.click()
    expect(props.modelValue).toBe('开票不另收费的')
  })

  it('marks nothing by the verdict on an older text', async () => {
    const { root } = await editor('要票的话免费开', BLOCKED)
    expect(root.querySelector('mark')).toBeNull()
  })

  it('sends at Enter, breaks the line at Shift+Enter, and leaves at Escape', async () => {
    const { area, calls } = await editor('好的', null)
    press(area, 'Enter', { shiftKey: true })
    expect(calls).toEqual([])
    press(area, 'Enter')
    press(area, 'Enter', { ctrlKey: true })
    press(area, 'Escape')
    expect(calls).toEqual(['submit', 'submit', 'leave'])
  })

  it('leaves the Enter that chooses a word to the input method', async () => {
    const { area, calls } = await editor('haode', null)
    press(area, 'Enter', { isComposing: true })
    press(area, 'Escape', { keyCode: 229 })
    expect(calls).toEqual([])
  })

  it('keeps the finding in sight while the next text is being checked', async () => {
    const { root, props } = await editor(BLOCKED.text, BLOCKED)
    props.modelValue = `${BLOCKED.text}哦`
    await nextTick()
    expect(root.querySelector('.findings')).not.toBeNull()
    props.modelValue = ''
    await nextTick()
    expect(root.querySelector('.findings')).toBeNull()
  })
})
