import type { Finding } from '@/api/types'

/** A piece of a text; `finding` is the weightiest that lies on it. */
export interface Piece {
  text: string
  finding: Finding | null
}

/** UTF-16 offsets of offsets that count characters (code points), as the desk's spans do. */
export function unitsOf(text: string): number[] {
  const units = [0]
  let at = 0
  for (const character of text) units.push((at += character.length))
  return units
}

/** Where a finding lies in the text, in UTF-16 offsets; cut to the text when that has become shorter since. */
export function placeOf(finding: Finding, text: string): [number, number] {
  const units = unitsOf(text)
  const end = units.length - 1
  const [from = 0, to = from] = finding.span
  return [units[Math.min(from, end)] ?? 0, units[Math.min(to, end)] ?? text.length]
}

/** The text in pieces, marked where findings lie; what blocks outweighs what warns. */
export function marked(text: string, findings: readonly Finding[]): Piece[] {
  const owners: (Finding | null)[] = new Array<Finding | null>(text.length).fill(null)
  const weighty = [...findings].sort((a, b) => Number(a.severity === 'block') - Number(b.severity === 'block'))
  for (const finding of weighty) {
    const [from, to] = placeOf(finding, text)
    owners.fill(finding, from, to)
  }
  const pieces: Piece[] = []
  let start = 0
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && owners[at] === owners[start]) continue
    pieces.push({ text: text.slice(start, at), finding: owners[start] ?? null })
    start = at
  }
  return pieces
}

const END = /[。！？!?；;\n～~]/

/** The text with the sentence that a finding lies in replaced by what to say instead, and the cursor behind it. */
export function withInstead(text: string, finding: Finding): { text: string; cursor: number } {
  const [from, to] = placeOf(finding, text)
  let start = from
  while (start > 0 && !END.test(text.charAt(start - 1))) start--
  let end = Math.max(to, from)
  while (end < text.length && !END.test(text.charAt(end))) end++
  if (end < text.length && text.charAt(end) !== '\n') end++
  const before = text.slice(0, start)
  return { text: before + finding.instead + text.slice(end), cursor: (before + finding.instead).length }
}
