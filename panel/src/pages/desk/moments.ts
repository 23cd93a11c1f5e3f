import { locale } from '@/i18n/locale'

/** 14:05 today, 11-20 14:05 otherwise. */
export function shortTime(moment: string): string {
  const at = new Date(moment)
  if (Number.isNaN(at.getTime())) return moment
  const clock = at.toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit', hour12: false })
  if (at.toDateString() === new Date().toDateString()) return clock
  const [month, day] = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${month}-${day} ${clock}`
}

function language(): string {
  return locale.value === 'zh' ? 'zh-CN' : 'en-GB'
}
