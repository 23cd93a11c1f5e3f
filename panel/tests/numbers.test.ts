import { afterEach, expect, test } from 'vitest'

import { locale } from '@/i18n/locale'
import { count, duration, moment, percent } from '@/parts/numbers'

afterEach(() => {
  locale.value = 'zh'
})

test('a time is said in the largest units that it has', () => {
  expect([0, 45.4, 60, 125, 3600, 5025].map(duration)).toEqual([
    '0 秒', '45 秒', '1 分钟', '2 分 05 秒', '1 小时', '1 小时 23 分',
  ])
  locale.value = 'en'
  expect([45, 180, 125, 5025].map(duration)).toEqual(['45 s', '3 min', '2 min 05 s', '1 h 23 min'])
})

test('small shares keep a digit, and what is not known is a dash', () => {
  expect([0, 0.012, 0.5, 1].map(percent)).toEqual(['0%', '1.2%', '50%', '100%'])
  expect([percent(null), count(undefined), duration(null)]).toEqual(['–', '–', '–'])
  expect(count(12345)).toBe('12,345')
})

test('what is no moment is shown as it is', () => {
  expect(moment('yesterday')).toBe('yesterday')
  expect(moment(new Date(2026, 10, 5, 9, 3).toISOString())).toBe('2026-11-05 09:03')
})
