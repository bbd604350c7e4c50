/**
 * Why a token was refused. For the log only: a client learns `invalid_token`
 * and nothing more, so that nobody can use this server to examine a token.
 */
export type TokenFault =
  | 'malformed'
  | 'unknown-issuer'
  | 'algorithm-not-allowed'
  | 'critical-header'
  | 'type-not-allowed'
  | 'unknown-key'
  | 'bad-signature'
  | 'expired'
  | 'not-yet-valid'
  | 'claim-missing'
  | 'claim-malformed'
  | 'inactive'
  | 'foreign-issuer'
  | 'audience-missing'
  | 'audience-foreign'
  | 'audience-shared'
  | 'audience-without-scope'
  | 'client-not-listed'
  | 'tenant-not-listed'
  | 'not-an-access-token'
  | 'sender-constrained'

/** What verifying a token can come to. */
export type Verification<Verified> =
  | { readonly ok: true; readonly verified: Verified }
  | { readonly ok: false; readonly fault: TokenFault; readonly issuer?: string }
  /** The issuer could not be asked. The token may be good: nobody knows. */
  | {
      readonly ok: false
      readonly unavailable: string
      readonly issuer: string
      readonly retryAfter: number | undefined
    }

/** The claims of a token that its issuer vouches for, before this server judged them. */
export type Claims = Readonly<Record<string, unknown>>
