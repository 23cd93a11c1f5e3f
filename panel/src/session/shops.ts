import { ref, watch } from 'vue'

import { api, ask } from '@/api/client'
import type { Shop } from '@/api/types'

import { readKept, writeKept } from './kept'

const CHOSEN = 'huashu.shop'

/** The agent's shops and the one that pages of a single shop show; the choice is kept. */
export function useShops() {
  const shops = ref<Shop[]>([])
  const shop = ref('')

  async function load(): Promise<void> {
    shops.value = await ask(api.GET('/v1/shops'))
    const kept = readKept(CHOSEN)
    shop.value = (shops.value.find((known) => known.id === kept) ?? shops.value[0])?.id ?? ''
  }

  watch(shop, (chosen) => {
    if (chosen) writeKept(CHOSEN, chosen)
  })

  return { shops, shop, load }
}
