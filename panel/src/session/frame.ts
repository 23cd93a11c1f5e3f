import { shallowRef } from 'vue'

const KEY = 'huashu.frame'

/**
 * The token of the side bar, which goes along with every request in place of the cookie; null in the panel. Kept for
 * this tab where the browser lets a frame keep anything.
 */
export const frameToken = shallowRef<string | null>(null)

/** Take the token that this tab has kept. */
export function recallFrameToken(): void {
  try {
    frameToken.value = sessionStorage.getItem(KEY)
  } catch {
    frameToken.value = null
  }
}

/** Keep a token for this tab; null forgets it. */
export function keepFrameToken(token: string | null): void {
  frameToken.value = token
  try {
    if (token === null) sessionStorage.removeItem(KEY)
    else sessionStorage.setItem(KEY, token)
  } catch {
    // storage is closed to frames of other sites: the token lives in memory
  }
}
