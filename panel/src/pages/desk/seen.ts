import { reactive } from 'vue'

import type { Conversation } from '@/api/types'
import { readKept, writeKept } from '@/session/kept'

const KEY = 'huashu.seen'
const MOST = 1000

/** How far this browser has read in each conversation. */
export class Seen {
  private readonly numbers = reactive(read())

  /** How many of the buyer's unanswered lines were not read yet. */
  unread(talk: Conversation): number {
    if (!talk.last || !talk.unanswered) return 0
    return Math.max(0, Math.min(talk.unanswered, talk.last.number - (this.numbers.get(talk.id) ?? 0)))
  }

  note(conversation: string, number: number): void {
    if ((this.numbers.get(conversation) ?? 0) >= number) return
    this.numbers.delete(conversation)
    this.numbers.set(conversation, number)
    writeKept(KEY, JSON.stringify([...this.numbers].slice(-MOST)))
  }
}

function read(): Map<string, number> {
  try {
    const found: unknown = JSON.parse(readKept(KEY) ?? '[]')
    if (!Array.isArray(found)) return new Map()
    return new Map(
      found.filter((entry): entry is [string, number] => Array.isArray(entry) && typeof entry[1] === 'number'),
    )
  } catch {
    return new Map()
  }
}
