import type { Hours } from './types'
import { type DayName, readDays, writeDays } from './week'

/** Hours while they are edited. */
export interface HoursDraft {
  shifts: { name: string; days: DayName[]; spans: string[] }[]
  publicHolidays: 'open' | 'closed'
  makeupWorkdays: 'open' | 'closed'
  exceptions: { date: string; closed: boolean; spans: string[] }[]
}

/** A draft of hours as they stand. */
export function draftOf(hours: Hours): HoursDraft {
  return {
    shifts: (hours.shifts ?? []).map(({ name = '', days, spans }) => ({ name, days: readDays(days), spans: [...spans] })),
    publicHolidays: hours.public_holidays ?? 'open',
    makeupWorkdays: hours.makeup_workdays ?? 'open',
    exceptions: (hours.exceptions ?? []).map(({ date, closed = false, spans = [] }) => ({
      date, closed, spans: [...spans],
    })),
  }
}

/** The hours that a draft writes. */
export function hoursOf(draft: HoursDraft): Hours {
  return {
    preset: null,
    shifts: draft.shifts.map(({ name, days, spans }) => ({ name: name.trim(), days: writeDays(days), spans: [...spans] })),
    public_holidays: draft.publicHolidays,
    makeup_workdays: draft.makeupWorkdays,
    exceptions: draft.exceptions.map(({ date, closed, spans }) => ({ date, closed, spans: closed ? [] : [...spans] })),
  }
}
