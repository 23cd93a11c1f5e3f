import { ref } from 'vue'

import { frameToken } from '@/session/frame'

import { eventOf, type LiveEvent } from './liveEvents'

const FIRST_PAUSE = 500
const LONGEST_PAUSE = 15_000
const PING_EVERY = 20_000
const NO_ACCESS = 4403
/** Named beside the token of a side bar, which has no cookie. */
const PROTOCOL = 'huashu.live'

/** Milliseconds before the next attempt, after `failures` in a row; `luck` (0..1) keeps panels from coming all at once. */
export function pause(failures: number, luck: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, failures - 1)) * (0.75 + luck / 2)
}

/** Whom a connection tells. */
export interface Hearer {
  /** Something happened; each event once, in its order. */
  happened(event: LiveEvent): void
  /** What was known is of no use any more: load everything anew. */
  reset(): void
  /** The session is not good any more. */
  refused(): void
}

/** The live connection of one shop: comes back by itself, and goes on where it was. */
export class Live {
  /** Whether it stands just now. */
  readonly connected = ref(false)
  private socket: WebSocket | null = null
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private pinger: ReturnType<typeof setInterval> | undefined
  private answered = true
  private stopped = false

  /** `last` is the number of the last event that is known. */
  constructor(
    readonly shop: string,
    private last: number,
    private readonly hearer: Hearer,
  ) {
    window.addEventListener('online', this.hurry)
    window.addEventListener('offline', this.drop)
  }

  start(): void {
    if (this.stopped) return
    const address = new URL('/v1/live', location.href)
    address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:'
    address.search = new URLSearchParams({ shop: this.shop, after: String(this.last) }).toString()
    const socket = new WebSocket(address, frameToken.value ? [PROTOCOL, frameToken.value] : [])
    this.socket = socket
    socket.onopen = () => this.opened()
    socket.onmessage = (message) => this.heard(message.data)
    socket.onclose = (close) => this.closed(socket, close.code)
  }

  stop(): void {
    this.stopped = true
    window.removeEventListener('online', this.hurry)
    window.removeEventListener('offline', this.drop)
    clearTimeout(this.timer)
    clearInterval(this.pinger)
    this.socket?.close()
    this.connected.value = false
  }

  private opened(): void {
    this.connected.value = true
    this.failures = 0
    this.answered = true
    this.pinger = setInterval(() => this.ping(), PING_EVERY)
  }

  /** Ask whether the other side is still there; one that did not answer the last time is not. */
  private ping(): void {
    if (!this.answered) {
      this.drop()
      return
    }
    this.answered = false
    this.socket?.send('ping')
  }

  private heard(frame: unknown): void {
    this.answered = true
    const event = eventOf(frame)
    if (!event) return
    if (event.kind === 'reset') {
      this.last = event.number ?? 0
      this.hearer.reset()
    } else if (event.number === null) {
      this.hearer.happened(event)
    } else if (event.number > this.last) {
      this.last = event.number
      this.hearer.happened(event)
    }
  }

  private closed(socket: WebSocket, code: number): void {
    if (socket !== this.socket) return
    this.socket = null
    this.connected.value = false
    clearInterval(this.pinger)
    if (this.stopped) return
    if (code === NO_ACCESS) this.hearer.refused()
    this.failures += 1
    this.timer = setTimeout(() => this.start(), pause(this.failures, Math.random()))
  }

  private readonly hurry = (): void => {
    if (this.socket || this.stopped) return
    clearTimeout(this.timer)
    this.start()
  }

  /** Give a connection up that a dead network may hold open for minutes. */
  private readonly drop = (): void => {
    const socket = this.socket
    if (!socket) return
    socket.onclose = null
    socket.close()
    this.closed(socket, 1006)
  }
}
