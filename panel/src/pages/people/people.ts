import { ElMessage } from 'element-plus'
import { ref } from 'vue'

import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Agent } from '@/api/types'
import { useMessages } from '@/i18n/locale'
import { useLoading } from '@/parts/loading'

import messages from './messages'

export type Role = 'agent' | 'leader'

/** A password that is shown once, and whose it is. */
export interface OneTime {
  name: string
  password: string
}

/** The people of the desk, and what an admin does with them; what fails is said, and the list is read anew. */
export function usePeople() {
  const t = useMessages(messages)
  const busy = ref(false)
  const oneTime = ref<OneTime | null>(null)
  const { data: agents, failure, loading, load } = useLoading([], (signal) => ask(api.GET('/v1/agents', { signal })))

  async function act(work: () => Promise<unknown>, told = true): Promise<boolean> {
    busy.value = true
    let done = true
    try {
      await work()
      if (told) ElMessage.success(t.value.saved)
    } catch (error) {
      done = false
      ElMessage.error(error instanceof ApiProblem ? t.value.failed(error.detail) : t.value.offline)
    }
    busy.value = false
    await load()
    return done
  }

  const add = (id: string, name: string, admin: boolean): Promise<boolean> =>
    act(async () => {
      const made = await ask(api.POST('/v1/agents', { body: { id, name, admin } }))
      if (made.password) oneTime.value = { name: made.name, password: made.password }
    }, false)

  const reset = (agent: Agent): Promise<boolean> =>
    act(async () => {
      const params = { path: { agent: agent.id } }
      const made = await ask(api.POST('/v1/agents/{agent}/password', { params, body: {} }))
      if (made.password) oneTime.value = { name: agent.name, password: made.password }
    }, false)

  const change = (agent: Agent, body: { disabled?: boolean; admin?: boolean }): Promise<boolean> =>
    act(() => ask(api.PATCH('/v1/agents/{agent}', { params: { path: { agent: agent.id } }, body })))

  const place = (agent: Agent, shop: string, role: Role | ''): Promise<boolean> => {
    const params = { path: { agent: agent.id, shop } }
    return act(() =>
      role
        ? ask(api.PUT('/v1/agents/{agent}/shops/{shop}', { params, body: { role } }))
        : ask(api.DELETE('/v1/agents/{agent}/shops/{shop}', { params })),
    )
  }

  return { agents, failure, loading, load, busy, oneTime, add, reset, change, place }
}
