import type { KoaContextWithOIDC } from 'oidc-provider'

/**
 * What an access token says of the login that it came from (RFC 9470 section
 * 6.2): when it was. A refreshed one says the same, because nobody logged in.
 */
export function loginClaims({ oidc }: KoaContextWithOIDC): { readonly auth_time?: number } {
  const { AuthorizationCode: code, RefreshToken: refresh } = oidc.entities
  const authTime = code?.authTime ?? refresh?.authTime
  return authTime === undefined ? {} : { auth_time: authTime }
}
