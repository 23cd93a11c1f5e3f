import type { Finding } from './types'

/** An answer of the desk that says what was wrong (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'

  constructor(
    readonly status: number,
    readonly detail: string,
    readonly field: string | null,
    readonly findings: readonly Finding[],
    /** Seconds after which it may be tried again, null when the desk did not say. */
    readonly retryAfter: number | null,
  ) {
    super(detail)
  }

  /** Whether the rules stopped a text. */
  get blocked(): boolean {
    return this.findings.length > 0
  }
}

/** The desk could not be reached. */
export class Offline extends Error {
  override readonly name = 'Offline'
}

interface Body {
  detail?: unknown
  field?: unknown
  findings?: unknown
}

/** What an answer that is not a success says; a body that is no problem leaves the status alone. */
export function problemOf(response: Response, body: unknown): ApiProblem {
  const said: Body = typeof body === 'object' && body !== null ? body : {}
  const after = Number(response.headers.get('Retry-After'))
  return new ApiProblem(
    response.status,
    typeof said.detail === 'string' ? said.detail : response.statusText,
    typeof said.field === 'string' ? said.field : null,
    Array.isArray(said.findings) ? (said.findings as Finding[]) : [],
    Number.isFinite(after) && after > 0 ? after : null,
  )
}
