import { locale } from '@/i18n/locale'

const NONE = '–'

function language(): string {
  return locale.value === 'zh' ? 'zh-CN' : 'en-GB'
}

/** 1,234; a dash for what is not known. */
export function count(value: number | null | undefined): string {
  return value == null ? NONE : value.toLocaleString(language())
}

/** A share (0..1) as 12%, small ones as 1.2%. */
export function percent(value: number | null | undefined): string {
  if (value == null) return NONE
  const digits = value > 0 && value < 0.1 ? 1 : 0
  return `${(value * 100).toFixed(digits)}%`
}

/** Seconds as 45 秒, 3 分钟, 2 分 05 秒, 1 小时 20 分. */
export function duration(value: number | null | undefined): string {
  if (value == null) return NONE
  const seconds = Math.round(value)
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
  const zh = locale.value === 'zh'
  if (hours && !minutes) return zh ? `${hours} 小时` : `${hours} h`
  if (hours) return zh ? `${hours} 小时 ${two(minutes)} 分` : `${hours} h ${two(minutes)} min`
  if (minutes && !rest) return zh ? `${minutes} 分钟` : `${minutes} min`
  if (minutes) return zh ? `${minutes} 分 ${two(rest)} 秒` : `${minutes} min ${two(rest)} s`
  return zh ? `${rest} 秒` : `${rest} s`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** 2026-11-20 14:05 on the clock of the browser. */
export function moment(value: string): string {
  const at = new Date(value)
  return Number.isNaN(at.getTime()) ? value : `${isoDay(at)} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** 2026-11-20. */
export function isoDay(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
