import { computed, type ComputedRef, ref, watchEffect } from 'vue'

import { readKept, writeKept } from '@/session/kept'

export type Locale = 'zh' | 'en'

const KEY = 'huashu.locale'

/** The language of the panel; Chinese until somebody chooses. */
export const locale = ref<Locale>(readKept(KEY) === 'en' ? 'en' : 'zh')

watchEffect(() => {
  document.documentElement.lang = locale.value === 'zh' ? 'zh-CN' : 'en'
})

/** Switch the language, and keep the choice. */
export function chooseLocale(chosen: Locale): void {
  locale.value = chosen
  writeKept(KEY, chosen)
}

/** The texts of a component in the language of the panel; both languages have the same shape. */
export function useMessages<Texts>(texts: { zh: Texts; en: Texts }): ComputedRef<Texts> {
  return computed(() => texts[locale.value])
}
