/** A part of a reply: plain words, or a slot that has to be filled in. */
export interface Part {
  text: string
  slot: string | null
}

const SLOT = /\{([a-z_]+\.[a-z_]+)\}/g

/** A reply in its parts. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const found of text.matchAll(SLOT)) {
    if (found.index > end) parts.push({ text: text.slice(end, found.index), slot: null })
    parts.push({ text: found[0], slot: found[1] ?? '' })
    end = found.index + found[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end), slot: null })
  return parts
}

/** The reply with what was filled in; slots without a value stay as they are. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(SLOT, (whole, name: string) => values[name]?.trim() || whole)
}

/** The slots that are still empty. */
export function emptySlots(text: string): string[] {
  return [...new Set([...text.matchAll(SLOT)].map((found) => found[1] ?? ''))]
}
