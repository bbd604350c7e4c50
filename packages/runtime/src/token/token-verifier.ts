import type { Configuration } from '../configuration/configuration.js'
import type { SealedState } from '../shared/sealed-places.js'
import { type Identity, identify } from './identity.js'
import { type IssuerSource, issuerSource } from './issuer-source.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import { type Surroundings, systemSurroundings } from './surroundings.js'
import type { TokenFault, Verification } from './token-fault.js'
import { unverifiedShape } from './verify-jwt.js'

/**
 * Verifies access tokens of the accepted issuers. It keeps what it learned of
 * them, with other processes where there is a place for that, and nothing of a caller.
 */
export class TokenVerifier {
  /** The issuers, in the order of the policy. */
  readonly sources: readonly IssuerSource[]
  readonly #configuration: Configuration

  constructor(
    configuration: Configuration,
    surroundings: Surroundings = systemSurroundings,
    sealed?: SealedState | undefined,
  ) {
    this.#configuration = configuration
    this.sources = configuration.issuers.map((accepted) => issuerSource(accepted, surroundings, sealed))
  }

  /** What can go wrong with a token, or with asking about it, is an answer and not an error. */
  async verify(token: string): Promise<Verification<Identity>> {
    const found = this.#sourceOf(token)
    return 'fault' in found ? { ok: false, fault: found.fault } : this.#ask(found.source, token)
  }

  /**
   * Who is asked about a token: never more than one. A JWT has the issuer that it
   * names. An opaque token names nobody, and at most one issuer has such: boot
   * refuses more, because each would be shown tokens of the others. That one also
   * gets JWTs that name nobody known, if nobody else is accepted: to whoever
   * issues them they are opaque.
   */
  #sourceOf(token: string): { readonly source: IssuerSource } | { readonly fault: TokenFault } {
    const opaque = this.sources.find(({ accepted }) => accepted.form === 'opaque')
    const shape = unverifiedShape(token)
    if (!shape.jwt) return opaque === undefined ? { fault: 'malformed' } : { source: opaque }
    const named = this.sources.find(({ accepted }) => accepted.issuer === shape.issuer)
    if (named !== undefined) return { source: named }
    return opaque !== undefined && this.sources.length === 1 ? { source: opaque } : { fault: 'unknown-issuer' }
  }

  async #ask(source: IssuerSource, token: string): Promise<Verification<Identity>> {
    const { accepted } = source
    const { issuer } = accepted
    try {
      const result = await source.verify(token)
      if ('fault' in result) return { ok: false, fault: result.fault, issuer }
      const judged = identify(result.claims, token, accepted, this.#configuration)
      if ('fault' in judged) return { ok: false, fault: judged.fault, issuer }
      return { ok: true, verified: judged.identity }
    } catch (error) {
      if (!(error instanceof IssuerUnavailable)) throw error
      return { ok: false, unavailable: error.message, issuer, retryAfter: error.retryAfter }
    }
  }
}
