import { configure } from '../../src/configuration/configuration.js'
import type { IssuerPolicy } from '../../src/index.js'
import type { SealedState } from '../../src/shared/sealed-places.js'
import { TokenVerifier } from '../../src/token/token-verifier.js'
import { definitionOf } from './definition.js'
import { TestSurroundings } from './surroundings.js'

/** A verifier alone, with a clock of its own. */
export function verifierOf(
  issuers: readonly IssuerPolicy[],
  environment: Readonly<Record<string, string>> = {},
  { surroundings = new TestSurroundings(), sealed }: { surroundings?: TestSurroundings; sealed?: SealedState } = {},
): { readonly verifier: TokenVerifier; readonly surroundings: TestSurroundings } {
  const { policy } = definitionOf({ issuers, tools: {} })
  const configuration = configure(policy, { NODE_ENV: 'test', ...environment })
  return { verifier: new TokenVerifier(configuration, surroundings, sealed), surroundings }
}

/** What became of a token, in one word. */
export async function outcomeOf(verifier: TokenVerifier, token: string): Promise<string> {
  const verification = await verifier.verify(token)
  if (verification.ok) return 'accepted'
  return 'fault' in verification ? verification.fault : 'unavailable'
}
