import type { AuthorizationServerDefinition } from '../definition.js'

type Scopes = AuthorizationServerDefinition['scopes']

/** The scopes that a client gets when it asks for nothing in particular. */
export function baselineScopes(scopes: Scopes): readonly string[] {
  return Object.keys(scopes).filter((name) => scopes[name]?.baseline)
}

/**
 * The `scope` parameter as the provider gets it. Absent or empty means the
 * baseline, never everything (OAuth 2.1 section 1.4.1). Names that this server
 * does not know are dropped, because clients add some of their own; when
 * nothing of the project's would be left, the parameter stays as it is and is
 * refused later, when it is known where the refusal may go.
 */
export function requestedScope(requested: string | undefined, scopes: Scopes): string {
  const names = splitScope(requested)
  if (names.length === 0) return orOpenid(baselineScopes(scopes))
  const kept = declaredScopes(names, scopes)
  if (kept.length === 0 && Object.keys(scopes).length > 0) return names.join(' ')
  return orOpenid(names.includes('openid') ? ['openid', ...kept] : kept)
}

/** Those of the names that the project declares. */
export function declaredScopes(names: readonly string[], scopes: Scopes): readonly string[] {
  return names.filter((name) => Object.hasOwn(scopes, name))
}

export function splitScope(scope: string | undefined): readonly string[] {
  return [...new Set((scope ?? '').split(' ').filter((name) => name !== ''))]
}

/** A project may have no scopes at all; a grant of nothing is an error to the provider, so it grants the login. */
function orOpenid(names: readonly string[]): string {
  return names.length === 0 ? 'openid' : names.join(' ')
}
