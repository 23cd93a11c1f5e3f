import type { Suggestion, Suggested } from '@/api/types'

/** One reply to two questions: the suggestions (from 1) that it is made of, and its text. */
export interface Combined {
  ranks: [number, number]
  text: string
}

/** Probability that each of two intents must have for a message to be about both. */
const ABOUT = 0.2

const GREETING = /^(?:亲爱的|亲|您好|你好)[亲哦呀，,！!～~ ]*/

/** A reply made of the best suggestions for the two things that a message is about, null when it is about one. */
export function combine(answer: Suggested['answer']): Combined | null {
  const [first, second] = answer.understanding.intents.filter((intent) => intent.confidence >= ABOUT)
  if (!first || !second) return null
  const one = best(answer.suggestions, first.name)
  const other = best(answer.suggestions, second.name)
  if (one === null || other === null) return null
  const [a, b] = one < other ? [one, other] : [other, one]
  const [opening, closing] = [answer.suggestions[a], answer.suggestions[b]]
  if (!opening || !closing) return null
  return { ranks: [a + 1, b + 1], text: `${opening.text}\n${closing.text.replace(GREETING, '')}` }
}

/** The place of the best suggestion about an intent that can be sent as it is. */
function best(suggestions: readonly Suggestion[], intent: string): number | null {
  const place = suggestions.findIndex(
    (suggestion) => suggestion.topic.split('/')[0] === intent && !suggestion.missing_slots.length,
  )
  return place < 0 ? null : place
}
