import type { Claims, TokenFault } from './token-fault.js'

/**
 * Refuses what an issuer vouches for but what is no bearer access token: the
 * same keys sign ID tokens, and introspection calls refresh tokens active too.
 */
export function checkKind(claims: Claims): TokenFault | undefined {
  // OpenID Connect Core sections 2 and 3.3.2.11, FAPI 1.0 part 2 section 5.1: only an ID token says this.
  if (ID_TOKEN_CLAIMS.some((claim) => claim in claims)) return 'not-an-access-token'
  // RFC 8417 section 2.2: a security event, of which a logout token is one.
  if ('events' in claims) return 'not-an-access-token'
  // Ory and Cognito name the kind `token_use`, Keycloak `typ`, RFC 7662 `token_type`.
  if (!saysAccess(claims.token_use) || !saysAccess(claims.typ)) return 'not-an-access-token'
  if (!saysAccess(claims.token_type)) return 'not-an-access-token'
  // RFC 7800: bound to a key that a bearer does not prove to have (DPoP, mutual TLS).
  return claims.cnf === undefined ? undefined : 'sender-constrained'
}

const ID_TOKEN_CLAIMS = ['nonce', 'at_hash', 'c_hash', 's_hash']

const ACCESS = new Set(['access', 'access_token', 'at+jwt', 'bearer'])

function saysAccess(kind: unknown): boolean {
  if (kind === undefined) return true
  return typeof kind === 'string' && ACCESS.has(kind.toLowerCase())
}
