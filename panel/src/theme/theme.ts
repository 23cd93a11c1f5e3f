import { computed, ref, watchEffect } from 'vue'

import { readKept, writeKept } from '@/session/kept'

export type Theme = 'light' | 'dark'

const KEY = 'huashu.theme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const systemDark = ref(system.matches)
const chosen = ref<Theme | null>(kept())

system.addEventListener('change', (event) => (systemDark.value = event.matches))

function kept(): Theme | null {
  const text = readKept(KEY)
  return text === 'light' || text === 'dark' ? text : null
}

/** Light or dark: what was chosen, else what the system likes. */
export const theme = computed<Theme>(() => chosen.value ?? (systemDark.value ? 'dark' : 'light'))

watchEffect(() => document.documentElement.classList.toggle('dark', theme.value === 'dark'))

/** Choose, and keep the choice. */
export function chooseTheme(next: Theme): void {
  chosen.value = next
  writeKept(KEY, next)
}
