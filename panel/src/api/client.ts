import createClient, { type Middleware } from 'openapi-fetch'

import { frameToken } from '@/session/frame'
import { session } from '@/session/session'

import { Offline, problemOf } from './problem'
import type { paths } from './schema'

const CSRF = 'X-CSRF-Token'
const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

const guard: Middleware = {
  onRequest({ request }) {
    if (frameToken.value) request.headers.set('Authorization', `Bearer ${frameToken.value}`)
    else if (!READING.has(request.method) && session.value) request.headers.set(CSRF, session.value.csrf)
    return request
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && schemaPath !== '/v1/session') session.value = null
  },
}

/** The desk's API, typed by its OpenAPI document. Wrap every call in `ask`. */
export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin' })
api.use(guard)

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** The data of an answer. Throws ApiProblem when the desk refuses, Offline when it cannot be reached. */
export async function ask<Data>(request: Promise<Answer<Data>>): Promise<Data> {
  let answer: Answer<Data>
  try {
    answer = await request
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Offline(String(error))
  }
  if (!answer.response.ok) throw problemOf(answer.response, answer.error)
  return answer.data as Data
}
