import { ref } from 'vue'

import { readKept, writeKept } from '@/session/kept'

const KEY = 'huashu.buyer'
const FORM = /^[A-Za-z0-9_-]{16,64}$/

/** Who this browser is in the buyer window: a random id, kept between visits. */
export const buyer = ref(kept() ?? fresh())

/** Be somebody else: a buyer whom no shop knows yet. */
export function renewBuyer(): void {
  buyer.value = fresh()
}

/** An id that nobody guesses; also that of a line. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fresh(): string {
  const made = randomId()
  writeKept(KEY, made)
  return made
}

function kept(): string | null {
  const text = readKept(KEY)
  return text !== null && FORM.test(text) ? text : null
}
