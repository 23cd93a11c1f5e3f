/** What the side bar and its host say to each other: docs/sidebar.md. */

export const VERSION = 1
const LONGEST_TEXT = 2_000
const LONGEST_ID = 200

export interface Open {
  kind: 'open'
  shop: string
  buyer: string
}

export interface Suggest {
  kind: 'suggest'
  shop: string
  text: string
  previousBuyer: string
  previousAgent: string
  order: Record<string, unknown>
}

export interface Hello {
  kind: 'hello'
}

/** What a host asks for. */
export type Wish = Open | Suggest

export type Told =
  | { kind: 'ready'; versions: number[]; loggedIn: boolean }
  | { kind: 'opened'; shop: string; buyer: string; found: boolean }
  | { kind: 'insert'; shop: string; text: string; replyId: string }
  | { kind: 'height'; pixels: number }
  | { kind: 'refused'; reason: 'version' | 'form' | 'shop'; versions: number[] }

/** A message that cannot be used, and why; null: it is none of ours. */
export type Refused = { kind: 'refused'; reason: 'version' | 'form' }

/** What a message says; null when it is none of this protocol. */
export function read(data: unknown): Hello | Wish | Refused | null {
  if (!isRecord(data) || typeof data.huashu !== 'number') return null
  if (data.huashu !== VERSION) return { kind: 'refused', reason: 'version' }
  return wishOf(data) ?? { kind: 'refused', reason: 'form' }
}

function wishOf(data: Record<string, unknown>): Hello | Wish | null {
  if (data.kind === 'hello') return { kind: 'hello' }
  const shop = text(data.shop, LONGEST_ID)
  if (!shop) return null
  if (data.kind === 'open') {
    const buyer = text(data.buyer, LONGEST_ID)
    return buyer ? { kind: 'open', shop, buyer } : null
  }
  if (data.kind !== 'suggest') return null
  const said = text(data.text, LONGEST_TEXT)
  const previousBuyer = text(data.previousBuyer ?? '', LONGEST_TEXT)
  const previousAgent = text(data.previousAgent ?? '', LONGEST_TEXT)
  const order = data.order ?? {}
  if (!said?.trim() || previousBuyer === null || previousAgent === null || !isRecord(order)) return null
  return { kind: 'suggest', shop, text: said, previousBuyer, previousAgent, order }
}

function text(value: unknown, longest: number): string | null {
  return typeof value === 'string' && value.length <= longest ? value : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
