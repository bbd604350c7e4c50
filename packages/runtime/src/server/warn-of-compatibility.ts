import type { FastifyBaseLogger } from 'fastify'
import type { Configuration } from '../configuration/configuration.js'

/** Says at every start which tokens are accepted without being for this resource: nobody should forget that. */
export function warnOfCompatibility({ issuers, resource }: Configuration, log: FastifyBaseLogger): void {
  for (const { issuer, audienceCompatibility: rule } of issuers) {
    if (rule === undefined) continue
    const which =
      rule.kind === 'audiences'
        ? `for the audience ${rule.audiences.join(' or ')}`
        : `without an audience, or for the client itself, of the client ${rule.clientIds.join(' or ')}`
    const text = `issuer ${issuer}: audienceCompatibility is in force. Tokens ${which} are accepted if they hold a scope of ${resource}`
    log.warn({ issuer, audienceCompatibility: rule }, text)
  }
}
