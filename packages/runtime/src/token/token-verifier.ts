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
    const candidates = this.#candidates(token)
    if ('fault' in candidates) return { ok: false, fault: candidates.fault }
    let refusal: Verification<Identity> = { ok: false, fault: 'inactive' }
    for (const source of candidates.sources) {
      const answer = await this.#ask(source, token)
      if (answer.ok) return answer
      // One that could not be asked might have said yes: that outweighs another's no.
      if ('fault' in refusal) refusal = answer
    }
    return refusal
  }

  /**
   * Who may be asked about a token. A JWT has one issuer, the one that it names:
   * if that one refuses it nobody else is asked. An opaque token names nobody.
   */
  #candidates(token: string): { readonly sources: readonly IssuerSource[] } | { readonly fault: TokenFault } {
    const opaque = this.sources.filter(({ accepted }) => accepted.form === 'opaque')
    const shape = unverifiedShape(token)
    if (!shape.jwt) return opaque.length > 0 ? { sources: opaque } : { fault: 'malformed' }
    const named = this.sources.find(({ accepted }) => accepted.issuer === shape.issuer)
    if (named) return { sources: [named] }
    const onlyOpaque = opaque.length === this.sources.length
    return onlyOpaque ? { sources: opaque } : { fault: 'unknown-issuer' }
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
