import { reactive } from 'vue'

import { readKept, writeKept } from '@/session/kept'

/** What an agent is writing; `suggestion`, `rank` and `replyId` say where it came from. */
export interface Draft {
  text: string
  suggestion?: string
  rank?: number
  replyId?: string
}

/** A line that was to be sent and of which the desk has not said that it has it. */
export interface Unsent extends Draft {
  key: string
  conversation: string
  state: 'sending' | 'failed'
  /** Why it failed, in the desk's words; "" when the desk could not be reached. */
  problem: string
}

interface Kept {
  drafts: Map<string, Draft>
  unsent: Unsent[]
}

/** The most drafts that are kept; the oldest go. */
const MOST = 200

/** Drafts and unsent lines of one agent; they survive a reload. */
export class DraftStore {
  private readonly kept: Kept

  constructor(private readonly name: string) {
    this.kept = reactive(read(name))
  }

  /** The draft in a conversation; an empty one when there is none. */
  of(conversation: string): Draft {
    return this.kept.drafts.get(conversation) ?? { text: '' }
  }

  put(conversation: string, draft: Draft): void {
    this.kept.drafts.delete(conversation)
    if (draft.text) this.kept.drafts.set(conversation, draft)
    this.save()
  }

  has(conversation: string): boolean {
    return this.kept.drafts.has(conversation)
  }

  unsentIn(conversation: string): Unsent[] {
    return this.kept.unsent.filter((line) => line.conversation === conversation)
  }

  /** Keep a line until the desk has it; one with the same key is replaced. */
  hold(line: Unsent): void {
    const place = this.kept.unsent.findIndex((other) => other.key === line.key)
    if (place < 0) this.kept.unsent.push(line)
    else this.kept.unsent[place] = line
    this.save()
  }

  release(key: string): void {
    this.kept.unsent = this.kept.unsent.filter((line) => line.key !== key)
    this.save()
  }

  private save(): void {
    const names = [...this.kept.drafts.keys()]
    for (const name of names.slice(0, Math.max(0, names.length - MOST))) this.kept.drafts.delete(name)
    writeKept(this.name, JSON.stringify({ drafts: Object.fromEntries(this.kept.drafts), unsent: this.kept.unsent }))
  }
}

/** What is kept under a name; whatever is not of our form is dropped. A line that was on its way counts as failed. */
function read(name: string): Kept {
  let found: unknown
  try {
    found = JSON.parse(readKept(name) ?? 'null')
  } catch {
    found = null
  }
  const kept: Partial<Record<keyof Kept, unknown>> = typeof found === 'object' && found !== null ? found : {}
  const drafts = Object.entries(typeof kept.drafts === 'object' && kept.drafts ? kept.drafts : {})
  const unsent: unknown[] = Array.isArray(kept.unsent) ? kept.unsent : []
  return {
    drafts: new Map(drafts.filter((entry): entry is [string, Draft] => isDraft(entry[1]))),
    unsent: unsent.filter(isUnsent).map((line) => ({ ...line, state: 'failed' })),
  }
}

function isDraft(found: unknown): found is Draft {
  return typeof found === 'object' && found !== null && typeof (found as Partial<Draft>).text === 'string'
}

function isUnsent(found: unknown): found is Unsent {
  if (!isDraft(found)) return false
  const line = found as Partial<Unsent>
  return typeof line.key === 'string' && typeof line.conversation === 'string'
}
