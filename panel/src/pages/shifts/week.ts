/** Days and spans as the desk writes them. */

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type DayName = (typeof DAYS)[number]

/** The days of `daily`, `mon-fri`, `sat,sun` or `fri-mon`; what is none of these is left out. */
export function readDays(text: string): DayName[] {
  if (text.trim().toLowerCase() === 'daily') return [...DAYS]
  const found = new Set<number>()
  for (const part of text.toLowerCase().replaceAll(' ', '').split(',')) {
    const [first = '', last = first] = part.split('-')
    const [start, end] = [first, last].map((name) => (DAYS as readonly string[]).indexOf(name)) as [number, number]
    if (start < 0 || end < 0) continue
    const length = (end - start + DAYS.length) % DAYS.length
    for (let step = 0; step <= length; step++) found.add((start + step) % DAYS.length)
  }
  return DAYS.filter((_, place) => found.has(place))
}

/** The same as text: `daily`, or the days one by one. */
export function writeDays(days: readonly DayName[]): string {
  return days.length === DAYS.length ? 'daily' : DAYS.filter((day) => days.includes(day)).join(',')
}

/** The beginning and the end of `09:00-17:30`. */
export function readSpan(text: string): [string, string] {
  const [start = '', end = ''] = text.split('-')
  return [start, end]
}

/** Whether the span goes on past midnight. */
export function pastMidnight(text: string): boolean {
  const [start, end] = readSpan(text)
  return end !== '' && end !== '24:00' && end <= start
}
