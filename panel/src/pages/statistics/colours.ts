import { computed } from 'vue'

import { theme } from '@/theme/theme'

/** Colours of charts in the theme of the panel, told apart by people who see red and green alike. */
export interface Colours {
  ink: string
  soft: string
  line: string
  paper: string
  accent: string
  bad: string
  row: readonly string[]
}

export function useColours() {
  return computed<Colours>(() => {
    const dark = theme.value === 'dark'
    const style = getComputedStyle(document.documentElement)
    const token = (name: string): string => style.getPropertyValue(`--hs-${name}`).trim()
    return {
      ink: token('ink'),
      soft: token('soft'),
      line: token('line'),
      paper: token('paper'),
      accent: token('accent'),
      bad: token('bad'),
      row: dark
        ? ['#3fb8aa', '#7fd0c5', '#b5e3dc', '#e5ab5c', '#8ea2e8', '#6b7886']
        : ['#0f766e', '#4aa39b', '#9accc6', '#d18a2c', '#5a6fc0', '#9aa5b1'],
    }
  })
}
