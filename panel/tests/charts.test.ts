import { expect, test } from 'vitest'

import type { Figures, Statistics } from '@/api/types'
import { choices, waits } from '@/pages/statistics/charts'
import type { Colours } from '@/pages/statistics/colours'
import messages from '@/pages/statistics/messages'

const COLOURS: Colours = {
  ink: '#000', soft: '#555', line: '#ddd', paper: '#fff', accent: '#077', bad: '#b00',
  row: ['#1', '#2', '#3', '#4', '#5', '#6'],
}
const NOBODY = { answered: 0, unanswered: 0, median: null, p90: null, within_limit: null }

function figures(change: Partial<Figures>): Figures {
  return {
    buyers: 0, received: 0, sent_by_people: 0, sent_automatically: 0, people: NOBODY, automatic: NOBODY,
    approved: [0, 0, 0, 0], accepted: [null, null, null], edited: 0, edited_share: null, edit_distance: null,
    searched: 0, written: 0, rejected: 0, blocked: 0, conversion: null, ...change,
  }
}

const BOOK: Statistics = {
  shop: 'lamps', first: '2026-11-19', last: '2026-11-20', total: figures({}), hours: [], agents: null, clauses: [],
  days: [
    { day: '2026-11-19', figures: figures({}) },
    { day: '2026-11-20', figures: figures({ approved: [5, 2, 1, 1], written: 3, people: { ...NOBODY, median: 0, p90: 95 } }) },
  ],
  limit: { seconds: 180, counts: ['human'], note: '', source: '', verified_on: null }, formulas: {},
}

test('the table of a chart says the same numbers', () => {
  const { table } = choices(BOOK, messages.zh, COLOURS)
  expect(table.head).toEqual(['按天', '第 1 条原样', '第 2 条原样', '第 3 条及以后', '改后发出', '搜索发出', '手写'])
  expect(table.rows[1]).toEqual(['11-20', '5', '2', '2', '0', '0', '3'])
})

test('a day on which nobody asked has no response time, and none is below a second', () => {
  const { table } = waits(BOOK, messages.zh, COLOURS)
  expect(table.rows).toEqual([['11-19', '–', '–'], ['11-20', '1 秒', '1 分 35 秒']])
})
