import { api, ask } from '@/api/client'
import { recall } from '@/session/entry'
import { frameToken, keepFrameToken, recallFrameToken } from '@/session/frame'
import { session } from '@/session/session'

/** The origins that may show this page. Throws ApiProblem (404: there is no side bar), Offline. */
export async function loadOrigins(): Promise<readonly string[]> {
  return (await ask(api.GET('/v1/frame'))).origins
}

/** Go on with the session of this tab, if there is one. Throws Offline. */
export async function recallFrame(): Promise<void> {
  recallFrameToken()
  session.value = frameToken.value ? await recall() : null
  if (!session.value) keepFrameToken(null)
}

/** Log in inside the frame. Throws ApiProblem (401 wrong, 429 too many failures), Offline. */
export async function enterFrame(name: string, password: string): Promise<void> {
  const answer = await ask(api.POST('/v1/frame/session', { body: { name, password } }))
  keepFrameToken(answer.token)
  session.value = answer.session
}

/** Log out. */
export async function leaveFrame(): Promise<void> {
  await ask(api.DELETE('/v1/session')).catch(() => undefined)
  keepFrameToken(null)
  session.value = null
}
