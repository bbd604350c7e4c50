import { declaredScopes, splitScope } from '../provider/requested-scope.js'
import { canonicalResources } from '../provider/resource.js'
import type { RequestRules } from './authorization-request.js'

/**
 * A token request with the resource as tokens carry it, and with a refresh's
 * scope reduced to what this server knows: clients repeat `offline_access` and
 * scopes of their own there. A wider scope than granted stays and is refused
 * (OAuth 2.1 section 4.3.1).
 */
export function normaliseTokenRequest(form: URLSearchParams, rules: RequestRules): URLSearchParams {
  const request = new URLSearchParams(form)
  request.delete('resource')
  for (const value of canonicalResources(form.getAll('resource'), rules.resource)) request.append('resource', value)
  if (form.getAll('scope').length !== 1) return request
  const scope = declaredScopes(splitScope(form.get('scope') ?? undefined), rules.scopes).join(' ')
  if (scope === '') request.delete('scope')
  else request.set('scope', scope)
  return request
}
