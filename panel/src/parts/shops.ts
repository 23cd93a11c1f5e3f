import { computed, ref, shallowRef } from 'vue'

import { api, ask } from '@/api/client'
import type { Shop } from '@/api/types'
import { readKept, writeKept } from '@/session/kept'

const CHOSEN = 'huashu.shop'

const shops = shallowRef<Shop[] | null>(null)
const chosen = ref(readKept(CHOSEN) ?? '')

/** The agent's shops and the one that pages are about: the chosen one, else the first; "" while there is none. */
export function useShops() {
  const shop = computed(() => {
    const known = shops.value ?? []
    return (known.find(({ id }) => id === chosen.value) ?? known[0])?.id ?? ''
  })

  /** Ask which shops there are. Throws ApiProblem, Offline. */
  async function loadShops(): Promise<void> {
    shops.value = await ask(api.GET('/v1/shops'))
  }

  /** Choose a shop, and keep the choice. */
  function chooseShop(id: string): void {
    chosen.value = id
    writeKept(CHOSEN, id)
  }

  return { shops, shop, loadShops, chooseShop }
}
