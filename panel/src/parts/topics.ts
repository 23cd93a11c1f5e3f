import { shallowRef } from 'vue'

import { api, ask } from '@/api/client'
import type { Topic } from '@/api/types'

const topics = shallowRef<Topic[]>([])

/** What replies can be about, asked for once. */
export function useTopics() {
  if (!topics.value.length) {
    ask(api.GET('/v1/topics'))
      .then((found) => (topics.value = found))
      .catch(() => undefined) // ids are shown in place of labels; the page itself says what is wrong
  }

  /** A few words for a topic, or its id while they are not known. */
  function labelOf(topic: string): string {
    return topics.value.find((known) => known.topic === topic)?.label ?? topic
  }

  return { topics, labelOf }
}
