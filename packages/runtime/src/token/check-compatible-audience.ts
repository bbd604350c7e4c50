import type { AcceptedIssuer } from '../configuration/accepted-issuer.js'
import { audiencesOf, sameResource } from './check-audience.js'
import type { Claims, TokenFault } from './token-fault.js'

/**
 * A second look at a token that is not for this resource alone, by the rule for
 * its issuer, if there is one: an issuer that cannot bind tokens to a resource.
 * What such a token is for shows by the scopes alone: it holds one of ours.
 */
export function checkCompatibleAudience(
  claims: Claims,
  clientId: unknown,
  granted: readonly string[],
  { audienceCompatibility: rule, issuer }: AcceptedIssuer,
  resource: string,
  strict: TokenFault,
): TokenFault | undefined {
  const audiences = audiencesOf(claims)
  if (rule === undefined || audiences === undefined) return strict
  const isOurs = (audience: unknown): boolean => typeof audience === 'string' && sameResource(audience, resource)
  if (rule.kind === 'audiences') {
    const isListed = (audience: unknown): boolean => rule.audiences.some((listed) => listed === audience)
    if (!audiences.every((audience) => isOurs(audience) || isListed(audience))) return strict
    // The issuer's own endpoints are an audience of every login: beside ours, and never instead of it.
    if (!audiences.some((audience) => isOurs(audience) || !isOfIssuer(audience, issuer))) return strict
  } else {
    // Some servers write the client where the resource should stand, others nothing.
    if (!audiences.every((audience) => isOurs(audience) || audience === clientId)) return strict
    if (!rule.clientIds.some((listed) => listed === clientId)) return 'client-not-listed'
  }
  return granted.length > 0 ? undefined : 'audience-without-scope'
}

function isOfIssuer(audience: unknown, issuer: string): boolean {
  return typeof audience === 'string' && URL.canParse(audience) && new URL(audience).origin === new URL(issuer).origin
}
