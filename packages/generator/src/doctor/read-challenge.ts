/** What a client reads from `WWW-Authenticate` (RFC 6750 section 3, RFC 9728 section 5.1). */
export interface Challenge {
  readonly resourceMetadata: string | null
  readonly scopes: readonly string[]
  readonly error: string | null
}

/** RFC 9110 section 11.2. What a quoted string holds is never read as a parameter. */
const PARAMETER = /(?<![\w-])([\w-]+) *= *(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g

/** The challenge of a header line that begins as clients want it, `Bearer` in this spelling; or null. */
export function readChallenge(line: string): Challenge | null {
  if (!/^Bearer(?: |$)/.test(line)) return null
  const parameters = new Map(
    [...line.matchAll(PARAMETER)].map(([, name = '', text, token]) => [
      name.toLowerCase(),
      text?.replace(/\\(.)/g, '$1') ?? token ?? '',
    ]),
  )
  return {
    resourceMetadata: parameters.get('resource_metadata') ?? null,
    scopes: (parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== ''),
    error: parameters.get('error') ?? null,
  }
}
