import type { Statistics } from '@/api/types'
import { count, duration } from '@/parts/numbers'

import type { Colours } from './colours'
import type { ChartOption } from './echarts'
import type messages from './messages'
import type { Table } from './table'

type Texts = typeof messages.zh

/** A chart and its numbers. */
export interface Drawn {
  option: ChartOption
  table: Table
}

interface Series {
  name: string
  values: (number | null)[]
  colour: string
  kind?: 'line' | 'bar'
  stack?: string
  limit?: number | null
}

/** Several rows of numbers over the same labels; `times` are seconds. */
function over(labels: string[], head: string, series: Series[], colours: Colours, times = false): Drawn {
  const written = times ? duration : count
  return {
    option: { ...base(colours, series.length > 1), ...axes(labels, colours, times), series: series.map(drawnAs) },
    table: {
      head: [head, ...series.map(({ name }) => name)],
      rows: labels.map((label, at) => [label, ...series.map(({ values }) => written(values[at]))]),
    },
  }

  function drawnAs({ name, values, colour, kind = 'bar', stack, limit }: Series) {
    const mark = limit
      ? { markLine: { symbol: 'none', silent: true, data: [{ yAxis: limit }], lineStyle: { color: colours.bad }, label: { show: false } } }
      : {}
    const shared = { name, data: values, itemStyle: { color: colour }, ...mark }
    return kind === 'line'
      ? { ...shared, type: 'line' as const, smooth: 0.25, symbolSize: 5, lineStyle: { width: 2.2 }, connectNulls: true }
      : { ...shared, type: 'bar' as const, stack, barMaxWidth: 22 }
  }
}

function base(colours: Colours, legend: boolean): ChartOption {
  return {
    animationDuration: 250,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.soft },
    grid: { left: 4, right: 8, top: legend ? 34 : 12, bottom: 2, outerBoundsMode: 'same' },
    legend: { show: legend, top: 0, right: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: colours.soft, fontSize: 12 } },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colours.paper,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 12.5 },
    },
  }
}

/** Times stand on a scale of seconds, minutes and hours: one buyer who waited all night leaves the others in sight. */
function axes(labels: string[], colours: Colours, times: boolean): ChartOption {
  const longest = ({ max }: { max: number }): number => Math.max(3600, max)
  const scale = times ? { type: 'log', logBase: 60, min: 1, max: longest } : { type: 'value', minInterval: 1 }
  const text = { color: colours.soft, fontSize: 11.5 }
  return {
    xAxis: {
      type: 'category',
      data: labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colours.line } },
      axisLabel: text,
    },
    yAxis: {
      ...scale,
      splitLine: { lineStyle: { color: colours.line, type: 'dashed' } },
      axisLabel: { ...text, formatter: times ? duration : count },
    },
  } as ChartOption
}

function dayLabels(book: Statistics): string[] {
  return book.days.map(({ day }) => day.slice(5))
}

/** Buyers and their lines by day. */
export function served(book: Statistics, t: Texts, colours: Colours): Drawn {
  const of = (pick: (at: (typeof book.days)[number]) => number): number[] => book.days.map(pick)
  return over(dayLabels(book), t.exports.day ?? '', [
    { name: t.series.buyers, values: of(({ figures }) => figures.buyers), colour: colours.row[0] ?? '' },
    { name: t.series.received, values: of(({ figures }) => figures.received), colour: colours.row[3] ?? '', kind: 'line' },
  ], colours)
}

/** First response times of people by day, with the platform's limit. */
export function waits(book: Statistics, t: Texts, colours: Colours): Drawn {
  const seconds = (value: number | null): number | null => (value === null ? null : Math.max(1, value))
  const values = (key: 'median' | 'p90') => book.days.map(({ figures }) => seconds(figures.people[key]))
  return over(dayLabels(book), t.exports.day ?? '', [
    { name: t.series.median, values: values('median'), colour: colours.row[0] ?? '', kind: 'line', limit: book.limit?.seconds },
    { name: t.series.p90, values: values('p90'), colour: colours.row[3] ?? '', kind: 'line' },
  ], colours, true)
}

/** What agents sent by day, by where it came from. */
export function choices(book: Statistics, t: Texts, colours: Colours): Drawn {
  const parts: [string, (at: Statistics['total']) => number][] = [
    [t.series.first, ({ approved }) => approved[0] ?? 0],
    [t.series.second, ({ approved }) => approved[1] ?? 0],
    [t.series.third, ({ approved }) => (approved[2] ?? 0) + (approved[3] ?? 0)],
    [t.series.edited, ({ edited }) => edited],
    [t.series.searched, ({ searched }) => searched],
    [t.series.written, ({ written }) => written],
  ]
  const series = parts.map(([name, pick], at) => ({
    name,
    values: book.days.map(({ figures }) => pick(figures)),
    colour: colours.row[at] ?? '',
    stack: 'sent',
  }))
  return over(dayLabels(book), t.exports.day ?? '', series, colours)
}

/** Lines by the hour. */
export function hours(book: Statistics, t: Texts, colours: Colours): Drawn {
  const labels = book.hours.map((_, hour) => `${hour}:00`)
  const parts: [string, 'received' | 'sent_by_people' | 'sent_automatically', number][] = [
    [t.series.received, 'received', 3],
    [t.series.people, 'sent_by_people', 0],
    [t.series.automatic, 'sent_automatically', 4],
  ]
  const series = parts.map(([name, key, at]) => ({
    name,
    values: book.hours.map((figures) => figures[key]),
    colour: colours.row[at] ?? '',
  }))
  return over(labels, t.exports.hour ?? '', series, colours)
}
