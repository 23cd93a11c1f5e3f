/** What a key asks for. */
export type Command =
  | { kind: 'send'; rank: number }
  | { kind: 'take'; rank: number }
  | { kind: 'edit' | 'reject' | 'search' | 'next' | 'down' | 'up' | 'undo' | 'help' | 'combine' }

const PLAIN: Record<string, Exclude<Command['kind'], 'send' | 'take'>> = {
  '0': 'combine',
  e: 'edit',
  r: 'reject',
  '/': 'search',
  n: 'next',
  j: 'down',
  k: 'up',
  ArrowDown: 'down',
  ArrowUp: 'up',
  u: 'undo',
  '?': 'help',
}

const DIGIT = /^(?:Digit|Numpad)([1-3])$/

/** What is looked at in a keyboard event. */
export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'keyCode' | 'repeat'
>

/** Whether an input method is at work: its keys belong to it alone. */
export function composing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return event.isComposing || event.keyCode === 229
}

/** The command of a key that was pressed outside of inputs, null when there is none. A held key sends nothing twice. */
export function commandOf(event: Pressed): Command | null {
  if (composing(event) || event.ctrlKey || event.metaKey || event.altKey) return null
  const digit = DIGIT.exec(event.code)
  if (digit) return event.repeat ? null : { kind: event.shiftKey ? 'take' : 'send', rank: Number(digit[1]) }
  const kind = PLAIN[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  if (!kind || (event.repeat && kind !== 'down' && kind !== 'up')) return null
  return { kind }
}

/** Whether arrow keys pressed here scroll what has the focus. */
export function scrollsByArrows(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('[tabindex="0"]')
}

/** Whether keys pressed here are text or belong to a control; all of them belong to a dialog that is open. */
export function ownsKeys(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    !!target.closest('input, textarea, select, [role="dialog"], [role="listbox"], [role="menu"], [role="combobox"]')
  )
}
