import type { AcceptedIssuer } from '../configuration/accepted-issuer.js'
import type { SealedState } from '../shared/sealed-places.js'
import { IssuerDiscovery, type IssuerMetadata } from './discover-issuer.js'
import { Introspection } from './introspect.js'
import { IssuerConnection } from './issuer-connection.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import { OwnAnswers } from './kept-answers.js'
import { KeySet } from './key-set.js'
import { SharedAnswers } from './shared-answers.js'
import { SharedBreaker } from './shared-breaker.js'
import type { Surroundings } from './surroundings.js'
import type { Claims, TokenFault } from './token-fault.js'
import { JwtVerifier } from './verify-jwt.js'

/** One issuer, with all that this server keeps of it. */
export interface IssuerSource {
  readonly accepted: AcceptedIssuer
  /** @throws {IssuerUnavailable} when it cannot be asked */
  verify(token: string): Promise<{ readonly claims: Claims } | { readonly fault: TokenFault }>
  /** Whether tokens of it can be verified, as far as is known. Nothing is asked. */
  isUsable(): boolean
  /**
   * What it publishes, and whether that is enough to verify its tokens.
   *
   * @throws {IssuerUnavailable} when it is not, or cannot be learned
   */
  tryOut(): Promise<TryOut>
}

/** What was learned by trying an issuer out. */
export interface TryOut {
  readonly metadata: IssuerMetadata
  /** The algorithms of its keys; nothing where it publishes none, or they were not needed. */
  readonly keys: readonly string[]
}

/** @param sealed what processes of this server share; without, this one learns everything itself */
export function issuerSource(
  accepted: AcceptedIssuer,
  surroundings: Surroundings,
  sealed: SealedState | undefined,
): IssuerSource {
  const breaker = sealed === undefined ? undefined : new SharedBreaker(accepted.issuer, sealed, surroundings)
  const connection = new IssuerConnection(surroundings, breaker)
  const discovery = new IssuerDiscovery(accepted.issuer, connection, surroundings)
  if (accepted.form === 'jwt') {
    const keys = new KeySet(discovery, connection, surroundings)
    const verifier = new JwtVerifier(accepted.issuer, accepted.typ, keys, surroundings)
    return {
      accepted,
      verify: (token) => verifier.verify(token),
      isUsable: () => keys.isUsable,
      tryOut: async () => {
        const published = await keys.keys()
        if (published.length === 0) throw new IssuerUnavailable('it publishes no key')
        return {
          metadata: await discovery.metadata(),
          keys: published.map(({ alg, kty }) => alg ?? kty ?? 'unknown'),
        }
      },
    }
  }
  const kept =
    sealed === undefined ? new OwnAnswers(accepted, surroundings) : new SharedAnswers(accepted, sealed, surroundings)
  const introspection = new Introspection(accepted, discovery, connection, kept, surroundings)
  return {
    accepted,
    verify: (token) => introspection.introspect(token),
    isUsable: () => introspection.isUsable,
    tryOut: async () => {
      const metadata = await discovery.metadata()
      await introspection.tryOut()
      return { metadata, keys: [] }
    },
  }
}
