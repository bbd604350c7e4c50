import type { AcceptedIssuer, Configuration } from '../configuration/configuration.js'
import { IssuerDiscovery } from './discover-issuer.js'
import { type Identity, identify } from './identity.js'
import { Introspection } from './introspect.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import type { Claims, TokenFault, Verification } from './token-fault.js'
import { JwtVerifier, unverifiedShape } from './verify-jwt.js'

interface Source {
  readonly issuer: string
  readonly form: AcceptedIssuer['form']
  verify(token: string): Promise<{ readonly claims: Claims } | { readonly fault: TokenFault }>
}

/** Verifies access tokens of the accepted issuers. It keeps what it learned of them, and nothing of a caller. */
export class TokenVerifier {
  readonly #configuration: Configuration
  readonly #sources: readonly Source[]

  constructor(configuration: Configuration) {
    this.#configuration = configuration
    this.#sources = configuration.issuers.map(sourceOf)
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
  #candidates(token: string): { readonly sources: readonly Source[] } | { readonly fault: TokenFault } {
    const opaque = this.#sources.filter((source) => source.form === 'opaque')
    const shape = unverifiedShape(token)
    if (!shape.jwt) return opaque.length > 0 ? { sources: opaque } : { fault: 'malformed' }
    const named = this.#sources.find((source) => source.issuer === shape.issuer)
    if (named) return { sources: [named] }
    const onlyOpaque = opaque.length === this.#sources.length
    return onlyOpaque ? { sources: opaque } : { fault: 'unknown-issuer' }
  }

  async #ask(source: Source, token: string): Promise<Verification<Identity>> {
    const { issuer } = source
    try {
      const result = await source.verify(token)
      if ('fault' in result) return { ok: false, fault: result.fault, issuer }
      const judged = identify(result.claims, token, issuer, this.#configuration)
      if ('fault' in judged) return { ok: false, fault: judged.fault, issuer }
      return { ok: true, verified: judged.identity }
    } catch (error) {
      if (error instanceof IssuerUnavailable) return { ok: false, unavailable: error.message, issuer }
      throw error
    }
  }
}

function sourceOf(accepted: AcceptedIssuer): Source {
  const { issuer, form } = accepted
  const discovery = new IssuerDiscovery(issuer)
  if (accepted.form === 'jwt') {
    const verifier = new JwtVerifier(issuer, accepted.typ, discovery)
    return { issuer, form, verify: (token) => verifier.verify(token) }
  }
  const introspection = new Introspection(issuer, accepted.client, discovery)
  return { issuer, form, verify: (token) => introspection.introspect(token) }
}
