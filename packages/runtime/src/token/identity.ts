import type { AcceptedIssuer } from '../configuration/accepted-issuer.js'
import type { Configuration } from '../configuration/configuration.js'
import { deepFreeze } from '../configuration/deep-freeze.js'
import type { TenantRule } from '../definition.js'
import { checkAudience } from './check-audience.js'
import { checkCompatibleAudience } from './check-compatible-audience.js'
import { checkKind } from './check-kind.js'
import { checkTimes } from './check-times.js'
import { grantedScopes } from './granted-scopes.js'
import type { Claims, TokenFault } from './token-fault.js'
import { withoutToken } from './without-token.js'

/** Who calls, as a verified token says. The token itself is not in here. */
export interface Identity {
  readonly subject: string
  readonly clientId: string
  readonly issuer: string
  /** Of an issuer that serves several, and whose rule says how they are told apart. */
  readonly tenant?: string
  /** The declared scopes that the token holds, in the order of their declaration. */
  readonly granted: readonly string[]
  /** Those, and what they imply. This is what decides. */
  readonly effective: readonly string[]
  /** Every claim, frozen; without those that repeat the token. */
  readonly claims: Claims
}

/** Judges claims that an issuer vouches for: are they an access token, for this resource, of somebody? */
export function identify(
  claims: Claims,
  token: string,
  accepted: AcceptedIssuer,
  { resource, scopes }: Configuration,
): { readonly identity: Identity } | { readonly fault: TokenFault } {
  // RFC 9068 section 2.2; OpenID Connect calls the client `azp`.
  const clientId = claims.client_id ?? claims.azp
  const held = grantedScopes(claims, accepted.scopeClaim)
  // What an issuer is not trusted to grant counts for nothing, also where a token says it.
  const grantable = accepted.scopes ?? [...scopes.keys()]
  const granted = [...scopes.keys()].filter((scope) => held.has(scope) && grantable.includes(scope))
  const strict = checkAudience(claims, resource)
  const audience =
    strict === undefined ? undefined : checkCompatibleAudience(claims, clientId, granted, accepted, resource, strict)
  const fault = checkTimes(claims) ?? audience ?? checkKind(claims)
  if (fault) return { fault }
  if (claims.sub === undefined || clientId === undefined) return { fault: 'claim-missing' }
  if (!isName(claims.sub) || !isName(clientId)) return { fault: 'claim-malformed' }
  if (accepted.allowedClientIds?.includes(clientId) === false) return { fault: 'client-not-listed' }
  const tenant = listedTenant(claims, accepted.tenant)
  if (accepted.tenant !== undefined && tenant === undefined) return { fault: 'tenant-not-listed' }
  return {
    identity: deepFreeze({
      subject: claims.sub,
      clientId,
      issuer: accepted.issuer,
      ...(tenant === undefined ? {} : { tenant }),
      granted,
      effective: withImplied(granted, scopes),
      claims: withoutToken(claims, token),
    }),
  }
}

/** These scopes and what they imply, in the order of their declaration. */
export function withImplied(granted: readonly string[], scopes: Configuration['scopes']): readonly string[] {
  const effective = new Set(granted.flatMap((scope) => [scope, ...(scopes.get(scope)?.implies ?? [])]))
  return [...scopes.keys()].filter((scope) => effective.has(scope))
}

function listedTenant(claims: Claims, rule: TenantRule | undefined): string | undefined {
  return rule?.values.find((listed) => listed === claims[rule.claim])
}

/** Whether a subject or a client may be called that. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 2048
}
