import { describe, expect, it } from 'vitest'

import { commandOf, ownsKeys, type Pressed, scrollsByArrows } from '@/pages/desk/keys'

function press(key: string, more: Partial<Pressed> = {}): Pressed {
  const code = /^\d$/.test(key) ? `Digit${key}` : ''
  const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false }
  return { key, code, keyCode: 0, ...plain, ...more }
}

describe('keys', () => {
  it('send and take suggestions, on every keyboard layout', () => {
    expect(commandOf(press('2'))).toEqual({ kind: 'send', rank: 2 })
    expect(commandOf(press('3', { code: 'Numpad3' }))).toEqual({ kind: 'send', rank: 3 })
    expect(commandOf(press('!', { code: 'Digit1', shiftKey: true }))).toEqual({ kind: 'take', rank: 1 })
    expect(commandOf(press('4', { code: 'Digit4' }))).toBeNull()
  })

  it.each([
    ['e', 'edit'], ['R', 'reject'], ['/', 'search'], ['n', 'next'], ['j', 'down'], ['ArrowUp', 'up'], ['u', 'undo'],
    ['?', 'help'], ['0', 'combine'],
  ])('%s is %s', (key, kind) => {
    expect(commandOf(press(key))).toEqual({ kind })
  })

  it('are left to an input method at work', () => {
    expect(commandOf(press('1', { isComposing: true }))).toBeNull()
    expect(commandOf(press('1', { keyCode: 229 }))).toBeNull()
  })

  it('are left to the browser with Ctrl, Meta or Alt', () => {
    expect(commandOf(press('r', { ctrlKey: true }))).toBeNull()
    expect(commandOf(press('1', { altKey: true }))).toBeNull()
    expect(commandOf(press('n', { metaKey: true }))).toBeNull()
  })

  it('that are held down send nothing twice, and still move', () => {
    expect(commandOf(press('1', { repeat: true }))).toBeNull()
    expect(commandOf(press('n', { repeat: true }))).toBeNull()
    expect(commandOf(press('j', { repeat: true }))).toEqual({ kind: 'down' })
  })

  it('belong to inputs and dialogs where they are pressed', () => {
    document.body.innerHTML =
      '<textarea></textarea><button></button><div role="dialog"><b id="in"></b></div><i id="out"></i>'
    expect(ownsKeys(document.querySelector('textarea'))).toBe(true)
    expect(ownsKeys(document.querySelector('#in'))).toBe(true)
    expect(ownsKeys(document.querySelector('button'))).toBe(false)
    expect(ownsKeys(document.querySelector('#out'))).toBe(false)
    expect(ownsKeys(null)).toBe(false)
  })

  it('belong to an open dialog wherever they are pressed, and to nobody the moment it is shut', () => {
    document.body.innerHTML = '<button></button><dialog open></dialog>'
    expect(ownsKeys(document.querySelector('button'))).toBe(true)
    expect(ownsKeys(null)).toBe(true)
    document.querySelector('dialog')?.removeAttribute('open')
    expect(ownsKeys(document.querySelector('button'))).toBe(false)
  })

  it('with arrows scroll a pane that has the focus', () => {
    document.body.innerHTML = '<section tabindex="0"></section><button></button>'
    expect(scrollsByArrows(document.querySelector('section'))).toBe(true)
    expect(scrollsByArrows(document.querySelector('button'))).toBe(false)
  })
})
