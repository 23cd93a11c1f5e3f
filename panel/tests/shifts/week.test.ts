import { describe, expect, it } from 'vitest'

import { draftOf, hoursOf } from '@/pages/shifts/draft'
import { pastMidnight, readDays, writeDays } from '@/pages/shifts/week'

describe('days', () => {
  it.each([
    ['daily', 'daily'],
    ['mon-fri', 'mon,tue,wed,thu,fri'],
    ['sat,sun', 'sat,sun'],
    ['sat-mon', 'mon,sat,sun'],
    ['Mon - Sun', 'daily'],
    ['nonsense', ''],
  ])('%s', (text, written) => {
    expect(writeDays(readDays(text))).toBe(written)
  })
})

describe('spans', () => {
  it.each([
    ['09:00-17:30', false],
    ['17:30-01:00', true],
    ['16:00-24:00', false],
    ['00:00-24:00', false],
    ['09:00', false],
  ])('%s goes past midnight: %s', (span, past) => {
    expect(pastMidnight(span)).toBe(past)
  })
})

describe('a draft', () => {
  const hours = {
    preset: null,
    shifts: [{ name: '早班', days: 'daily', spans: ['09:00-17:30'] }],
    public_holidays: 'closed' as const,
    makeup_workdays: 'open' as const,
    exceptions: [{ date: '2026-11-11', closed: false, spans: ['09:00-02:00'] }],
  }

  it('writes what it was made of', () => {
    expect(hoursOf(draftOf(hours))).toEqual(hours)
  })

  it('leaves no spans on a closed day', () => {
    const draft = draftOf(hours)
    for (const day of draft.exceptions) day.closed = true
    expect(hoursOf(draft).exceptions).toEqual([{ date: '2026-11-11', closed: true, spans: [] }])
  })

  it('is a copy', () => {
    for (const shift of draftOf(hours).shifts) shift.spans.push('18:00-20:00')
    expect(hours.shifts.map(({ spans }) => spans)).toEqual([['09:00-17:30']])
  })
})
