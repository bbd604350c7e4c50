import type { AuthorizationServerDefinition } from '../definition.js'
import { requestedScope, splitScope } from '../provider/requested-scope.js'
import { canonicalResources } from '../provider/resource.js'

export interface RequestRules {
  readonly resource: string
  readonly scopes: AuthorizationServerDefinition['scopes']
}

/**
 * An authorization request in the one form that the provider understands as it
 * was meant. Nothing that speaks for security is added or removed: who asks,
 * where the answer goes, PKCE and state stay as they came.
 */
export function normaliseAuthorizationRequest(query: URLSearchParams, rules: RequestRules): URLSearchParams {
  const request = new URLSearchParams(query)
  // A repeated parameter is an error that the provider reports (OAuth 2.1 section 3.1).
  if (query.getAll('scope').length < 2)
    request.set('scope', requestedScope(query.get('scope') ?? undefined, rules.scopes))
  if (query.getAll('scope').length < 2 && request.get('max_age')) request.set('scope', withOpenid(request.get('scope')))
  request.delete('resource')
  for (const value of canonicalResources(query.getAll('resource'), rules.resource)) request.append('resource', value)
  if (!splitScope(request.get('scope') ?? undefined).includes('openid')) dropOpenidParameters(request)
  // It answers with a page that runs a script; refused by a name that cannot exist, so that the refusal is the usual one.
  if (query.get('response_mode') === 'form_post') request.set('response_mode', 'form_post is not offered')
  return request
}

/**
 * A client that was told to log its user in anew asks so by `max_age`, whatever
 * its scopes (RFC 9470 section 4); the provider knows it with `openid` only.
 */
function withOpenid(scope: string | null): string {
  return [...new Set(['openid', ...splitScope(scope ?? undefined)])].join(' ')
}

/** Without `openid` they mean nothing, and parameters that mean nothing are ignored (OAuth 2.1 section 3.1). */
function dropOpenidParameters(request: URLSearchParams): void {
  for (const name of ['nonce', 'acr_values', 'claims_locales']) request.delete(name)
}
