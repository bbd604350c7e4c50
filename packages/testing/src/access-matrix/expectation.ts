import type { ExpectedAccess, ExpectedItem } from './expected-access.js'

/** Who a handler should be called for; `null` for a public tool, which learns of nobody. */
export interface CallerSeen {
  readonly subject: unknown
  readonly clientId: unknown
  readonly issuer: unknown
  readonly scopes: unknown
}

/** One run of a handler. */
export interface Run {
  /** `tool create_note`; of others than the main one `completion of prompt summarise`, `list of resource note`. */
  readonly handler: string
  readonly caller: CallerSeen | null
}

/** What came of one request, as far as access goes; what should come of it has the same shape. */
export interface Outcome {
  readonly status: number
  /** `WWW-Authenticate`, byte for byte. */
  readonly challenge: string | null
  /** The body of a refusal; what is let through is not compared. */
  readonly refusal: string | null
  readonly runs: readonly Run[]
}

/** A request without credentials: RFC 6750 section 3.1 has no `error` there. */
export function loginRequired(expected: ExpectedAccess, resource: string): Outcome {
  return refused(401, 'unauthorized', { ...metadata(resource), ...baseline(expected), realm: expected.server })
}

/** A token that does not count, whatever is wrong with it: RFC 6750 section 3.1, and nothing that helps to examine one. */
export function invalidToken(expected: ExpectedAccess, resource: string): Outcome {
  return refused(401, 'invalid_token', {
    error: 'invalid_token',
    error_description: 'The access token is not valid for this resource',
    ...metadata(resource),
    ...baseline(expected),
    realm: expected.server,
  })
}

/** A good token that lacks scopes: all that is needed at once, together with what it holds (MCP, scope challenges). */
export function insufficientScope(
  expected: ExpectedAccess,
  resource: string,
  scopes: { readonly needed: readonly string[]; readonly missing: readonly string[]; readonly held: readonly string[] },
): Outcome {
  const wanted = new Set([...scopes.held, ...scopes.needed])
  return refused(403, 'insufficient_scope', {
    error: 'insufficient_scope',
    error_description: `The access token lacks the scope${scopes.missing.length === 1 ? '' : 's'} ${scopes.missing.join(' ')}`,
    scope: inOrder(expected, wanted).join(' '),
    ...metadata(resource),
    realm: expected.server,
  })
}

/** A good token of a caller who holds every scope, after a login that does not do (RFC 9470 section 3). */
export function loginTooWeak(
  expected: ExpectedAccess,
  resource: string,
  { freshLogin, acr }: Pick<ExpectedItem, 'freshLogin' | 'acr'>,
): Outcome {
  const scopes = Object.keys(expected.scopes)
  return refused(401, 'insufficient_user_authentication', {
    error: 'insufficient_user_authentication',
    error_description: freshLogin === undefined ? 'A stronger login is needed' : 'A more recent login is needed',
    ...(freshLogin === undefined ? {} : { max_age: String(freshLogin.maxAgeSeconds) }),
    ...(acr === undefined ? {} : { acr_values: acr.join(' ') }),
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    ...metadata(resource),
    realm: expected.server,
  })
}

/** The scopes that a token counts for: those that it holds, and what they imply. */
export function effectiveScopes(expected: ExpectedAccess, held: readonly string[]): readonly string[] {
  const counted = held.flatMap((scope) => [scope, ...(expected.scopes[scope]?.implies ?? [])])
  return inOrder(expected, new Set(counted))
}

/** The declared ones of these scopes, in the order of their declaration. */
function inOrder({ scopes }: ExpectedAccess, wanted: ReadonlySet<string>): readonly string[] {
  return Object.keys(scopes).filter((scope) => wanted.has(scope))
}

function refused(status: number, error: string, parameters: Readonly<Record<string, string>>): Outcome {
  const written = Object.entries(parameters).map(([name, value]) => `${name}="${quotable(value)}"`)
  return { status, challenge: `Bearer ${written.join(', ')}`, refusal: JSON.stringify({ error }), runs: [] }
}

/** RFC 9728 section 3.1: inserted between host and path. */
function metadata(resource: string): { readonly resource_metadata: string } {
  const { origin, pathname } = new URL(resource)
  return { resource_metadata: `${origin}/.well-known/oauth-protected-resource${pathname}` }
}

function baseline(expected: ExpectedAccess): { readonly scope?: string } {
  const names = Object.keys(expected.scopes).filter((scope) => expected.scopes[scope]?.baseline === true)
  return names.length === 0 ? {} : { scope: names.join(' ') }
}

/** RFC 6750 section 3: what a quoted value of a challenge may hold. */
function quotable(value: string): string {
  return value.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '')
}
