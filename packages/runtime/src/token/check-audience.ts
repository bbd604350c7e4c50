import type { Claims, TokenFault } from './token-fault.js'

/**
 * A token must be for this resource and for nothing else (RFC 8707, MCP: token
 * audience). One that another service accepts too can be replayed by it here.
 */
export function checkAudience(claims: Claims, resource: string): TokenFault | undefined {
  const audiences = audiencesOf(claims)
  if (audiences === undefined) return 'claim-malformed'
  if (audiences.length === 0) return 'audience-missing'
  const ours = audiences.filter((audience) => typeof audience === 'string' && sameResource(audience, resource))
  if (ours.length === 0) return 'audience-foreign'
  return ours.length === audiences.length ? undefined : 'audience-shared'
}

/** The audiences of a token, one or several (RFC 7519 section 4.1.3); nothing if it is neither. */
export function audiencesOf({ aud }: Claims): readonly unknown[] | undefined {
  if (aud === undefined || aud === null) return []
  if (typeof aud === 'string') return [aud]
  return Array.isArray(aud) ? aud : undefined
}

/** Equal but for the case of scheme and host and a default port (RFC 3986 section 6.2.2.1, 6.2.3). */
export function sameResource(audience: string, resource: string): boolean {
  return canonical(audience) === canonical(resource)
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { https: ':443', http: ':80' }

function canonical(identifier: string): string {
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(.*)$/s.exec(identifier)
  if (!parts) return identifier
  const [, scheme = '', host = '', rest = ''] = parts
  const port = DEFAULT_PORTS[scheme.toLowerCase()] ?? ''
  const name = host.toLowerCase()
  return `${scheme.toLowerCase()}://${port !== '' && name.endsWith(port) ? name.slice(0, -port.length) : name}${rest}`
}
