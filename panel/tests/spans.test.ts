import { describe, expect, it } from 'vitest'

import type { Finding } from '@/api/types'
import { marked, placeOf, withInstead } from '@/pages/desk/spans'

function finding(span: [number, number], severity = 'block', instead = '开票不另收费的'): Finding {
  return { clause: `c${span[0]}`, severity, span, why: '', instead }
}

function shown(text: string, ...findings: Finding[]): string {
  return marked(text, findings)
    .map((piece) => (piece.finding ? `[${piece.text}]` : piece.text))
    .join('')
}

describe('findings in a text', () => {
  it('are marked where they lie', () => {
    expect(shown('要票的话加6个点', finding([4, 8]))).toBe('要票的话[加6个点]')
    expect(shown('要票的话加6个点哦', finding([4, 8]))).toBe('要票的话[加6个点]哦')
    expect(shown('好的')).toBe('好的')
    expect(shown('')).toBe('')
  })

  it('count characters as the desk does, whatever stands before them', () => {
    const text = '😀👍🏻加6个点'
    expect(placeOf(finding([3, 7]), text)).toEqual([6, 10])
    expect(shown(text, finding([3, 7]))).toBe('😀👍🏻[加6个点]')
  })

  it('that overlap show the weightier one', () => {
    const pieces = marked('加6个点', [finding([0, 4], 'block'), finding([0, 2], 'warn')])
    expect(pieces.map((piece) => piece.finding?.severity)).toEqual(['block'])
  })

  it('of a text that was longer do not break the marking', () => {
    expect(shown('加6', finding([1, 9]))).toBe('加[6]')
    expect(shown('加', finding([5, 9]))).toBe('加')
  })

  it('keep every character of the text', () => {
    const text = '一二三😀四五'
    expect(marked(text, [finding([1, 4]), finding([3, 5], 'warn')]).map((piece) => piece.text).join('')).toBe(text)
  })
})

describe('what to say instead', () => {
  it('takes the place of the sentence, and of nothing else', () => {
    const { text, cursor } = withInstead('您好！要票的话加6个点。还有别的吗？', finding([7, 11]))
    expect(text).toBe('您好！开票不另收费的还有别的吗？')
    expect(text.slice(0, cursor)).toBe('您好！开票不另收费的')
  })

  it('takes the place of everything that is one sentence', () => {
    expect(withInstead('要票的话加6个点', finding([4, 8])).text).toBe('开票不另收费的')
  })

  it('leaves line breaks where they are', () => {
    expect(withInstead('加6个点\n稍等', finding([0, 4])).text).toBe('开票不另收费的\n稍等')
  })
})
