import { computed, shallowRef } from 'vue'

import type { Session } from '@/api/types'

/** Who is logged in: undefined while that is not known yet, null when nobody is. */
export const session = shallowRef<Session | null>()

/** Whether the agent leads in any shop, or is an admin. */
export const leads = computed(
  () => !!session.value && (session.value.admin || session.value.shops.some((shop) => shop.role === 'leader')),
)

/** Whether the agent leads in this shop, or is an admin. */
export function leadsIn(shop: string): boolean {
  const who = session.value
  return !!who && (who.admin || who.shops.some((mine) => mine.shop === shop && mine.role === 'leader'))
}
