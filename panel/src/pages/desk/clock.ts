import type { Clock } from '@/api/types'

/** A clock as the desk told it, and when (milliseconds of `performance.now()`). */
export interface Timed {
  clock: Clock
  readAt: number
}

/** How pressing a clock is; each step has its colour. */
export type Pressure = 'calm' | 'due' | 'last' | 'over' | 'paused'

/** Share of the limit that is left when it becomes the last moment. */
const LAST = 0.2

/** Seconds to the limit at `now`; below 0 since when it has passed. A paused clock stands still. */
export function secondsLeft({ clock, readAt }: Timed, now: number): number {
  if (clock.state === 'paused') return clock.seconds_left
  return clock.seconds_left - Math.max(0, Math.floor((now - readAt) / 1000))
}

/** How pressing it is at `now`. */
export function pressure(timed: Timed, now: number): Pressure {
  if (timed.clock.state === 'paused') return 'paused'
  const left = secondsLeft(timed, now)
  if (left <= 0) return 'over'
  if (left <= timed.clock.limit_seconds * LAST) return 'last'
  return left <= timed.clock.limit_seconds - timed.clock.goal_seconds ? 'due' : 'calm'
}

/** 2:05, 1:02:05, -0:07: what a clock shows. */
export function spell(seconds: number): string {
  const whole = Math.abs(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  const shown = hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
  return seconds < 0 ? `-${shown}` : shown
}
