/** What a browser keeps between visits; a browser that keeps nothing (private windows) is no mistake. */

/** The kept text, null when there is none. */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keep a text; null forgets it. */
export function writeKept(key: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // full or forbidden: the panel works without
  }
}
