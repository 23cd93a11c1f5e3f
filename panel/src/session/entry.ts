import { api, ask } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { Session } from '@/api/types'

import { session } from './session'

/** Ask the desk who is logged in. Throws Offline. */
export async function recall(): Promise<Session | null> {
  try {
    session.value = await ask(api.GET('/v1/session'))
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 401) throw error
    session.value = null
  }
  return session.value
}

/** Log in. Throws ApiProblem (401 wrong, 429 too many failures), Offline. */
export async function enter(name: string, password: string): Promise<void> {
  session.value = await ask(api.POST('/v1/session', { body: { name, password } }))
}

/** Change one's own password. Throws ApiProblem, Offline. */
export async function changePassword(old: string, fresh: string): Promise<void> {
  session.value = await ask(api.POST('/v1/session/password', { body: { old, new: fresh } }))
}

/** Log out. Throws Offline. */
export async function leave(): Promise<void> {
  try {
    await ask(api.DELETE('/v1/session'))
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error
  }
  session.value = null
}
