import type { Configuration } from '../configuration/configuration.js'

/**
 * The protected resource metadata document (RFC 9728 section 2). What would be
 * empty is left out, and nothing is ever `null`: clients discard a document
 * with one, silently, and then ask for a token for the wrong resource.
 */
export function resourceMetadata({ server, resource, issuers, scopes }: Configuration): string {
  const baseline = [...scopes].filter(([, scope]) => scope.baseline).map(([name]) => name)
  return JSON.stringify({
    resource,
    authorization_servers: issuers.map(({ issuer }) => issuer),
    ...(baseline.length > 0 ? { scopes_supported: baseline } : {}),
    bearer_methods_supported: ['header'],
    resource_name: server.title ?? server.name,
  })
}
