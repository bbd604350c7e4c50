import { decodeJwt, decodeProtectedHeader, errors, type JWTVerifyGetKey, type JWTVerifyOptions, jwtVerify } from 'jose'
import { CLOCK_TOLERANCE } from './clock-tolerance.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import type { KeySet } from './key-set.js'
import type { Surroundings } from './surroundings.js'
import type { Claims, TokenFault } from './token-fault.js'

/** The only file that asks jose about a token. */

/**
 * Signatures with a public key only (RFC 8725 section 3.1). With a symmetric
 * algorithm the issuer's public key would be a password that everybody knows.
 */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** A token without `kid` is tried with so many of the keys that fit it: each costs time. */
const MOST_TRIES = 16

/** RFC 9068 section 2.2; `client_id`, which has other names elsewhere, is checked with the caller. */
const REQUIRED_CLAIMS = { 'at+jwt': ['exp', 'iat', 'sub'], JWT: ['exp', 'sub'] }

export type JwtResult = { readonly claims: Claims } | { readonly fault: TokenFault }

/** Verifies JWT access tokens of one issuer with the keys that it publishes. */
export class JwtVerifier {
  readonly #issuer: string
  readonly #typ: 'at+jwt' | 'JWT'
  readonly #keys: KeySet
  readonly #surroundings: Surroundings

  constructor(issuer: string, typ: 'at+jwt' | 'JWT', keys: KeySet, surroundings: Surroundings) {
    this.#issuer = issuer
    this.#typ = typ
    this.#keys = keys
    this.#surroundings = surroundings
  }

  /** @throws {IssuerUnavailable} when the issuer's keys cannot be had */
  async verify(token: string): Promise<JwtResult> {
    const header = headerOf(token)
    if (!header) return { fault: 'malformed' }
    // RFC 7515 section 4.1.11: no extension is understood here, so none may be critical.
    if ('crit' in header) return { fault: 'critical-header' }
    // Before any key is fetched: a token of the wrong kind costs no request.
    if (typeof header.alg !== 'string' || !ALGORITHMS.includes(header.alg)) return { fault: 'algorithm-not-allowed' }
    if (!typeAllowed(header.typ, this.#typ)) return { fault: 'type-not-allowed' }
    const now = this.#surroundings.now()
    try {
      const claims = await this.#claimsOf(token, 'kid' in header, {
        algorithms: ALGORITHMS,
        issuer: this.#issuer,
        requiredClaims: REQUIRED_CLAIMS[this.#typ],
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: new Date(now),
      })
      if (this.#typ === 'JWT' && saysNoScope(claims)) return { fault: 'not-an-access-token' }
      // From the future: the issuer's clock is wrong, or somebody prepares tokens for later.
      return Number(claims.iat) > now / 1000 + CLOCK_TOLERANCE ? { fault: 'not-yet-valid' } : { claims }
    } catch (error) {
      return { fault: faultOf(error) }
    }
  }

  async #claimsOf(token: string, namesKey: boolean, options: JWTVerifyOptions): Promise<Claims> {
    try {
      return await verifyWith(this.#keys.find, token, options)
    } catch (error) {
      if (namesKey || !(error instanceof errors.JWSSignatureVerificationFailed)) throw error
      return verifyWith(this.#keys.findAnew, token, options)
    }
  }
}

/**
 * Where the type does not tell, this does: an ID token has no such claim
 * (OpenID Connect Core section 2), and an access token without is of no use.
 */
function saysNoScope({ scope, scp, permissions }: Claims): boolean {
  return scope === undefined && scp === undefined && permissions === undefined
}

/** `kid` is optional (RFC 7515 section 4.1.4): a token without one may be signed with any key that fits. */
async function verifyWith(keys: JWTVerifyGetKey, token: string, options: JWTVerifyOptions): Promise<Claims> {
  try {
    return (await jwtVerify(token, keys, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    let tries = 0
    for await (const key of error) {
      tries += 1
      if (tries > MOST_TRIES) break
      try {
        return (await jwtVerify(token, key, options)).payload
      } catch (other) {
        if (!(other instanceof errors.JWSSignatureVerificationFailed)) throw other
      }
    }
    throw new errors.JWSSignatureVerificationFailed()
  }
}

/** What kind of string a token is, and who it says issued it. Nothing of this is verified. */
export function unverifiedShape(token: string): { readonly jwt: boolean; readonly issuer: string | undefined } {
  if (headerOf(token) === undefined) return { jwt: false, issuer: undefined }
  try {
    const { iss } = decodeJwt(token)
    return { jwt: true, issuer: typeof iss === 'string' ? iss : undefined }
  } catch {
    return { jwt: true, issuer: undefined }
  }
}

function headerOf(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return { ...decodeProtectedHeader(token) }
  } catch {
    return undefined
  }
}

/** RFC 9068 section 4 and RFC 7515 section 4.1.9: case-insensitive, `application/` may be left out. */
function typeAllowed(typ: unknown, wanted: 'at+jwt' | 'JWT'): boolean {
  if (typ === undefined) return wanted === 'JWT'
  if (typeof typ !== 'string') return false
  return typ.toLowerCase().replace(/^application\//, '') === wanted.toLowerCase()
}

function faultOf(error: unknown): TokenFault {
  if (error instanceof errors.JWTExpired) return 'expired'
  if (error instanceof errors.JWTClaimValidationFailed) return claimFault(error.claim, error.reason)
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature'
  if (error instanceof errors.JWKSNoMatchingKey) return 'unknown-key'
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return 'algorithm-not-allowed'
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'malformed'
  if (error instanceof IssuerUnavailable) throw error
  // Whatever is not the token's doing is the key set's.
  throw new IssuerUnavailable(`its keys cannot be used: ${error instanceof Error ? error.name : 'unknown reason'}`)
}

function claimFault(claim: string, reason: string): TokenFault {
  if (reason === 'missing') return 'claim-missing'
  if (claim === 'iss') return 'foreign-issuer'
  if (claim === 'nbf') return reason === 'check_failed' ? 'not-yet-valid' : 'claim-malformed'
  return 'claim-malformed'
}
