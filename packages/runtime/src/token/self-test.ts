import type { FastifyBaseLogger } from 'fastify'
import type { AcceptedIssuer } from '../configuration/accepted-issuer.js'
import type { IssuerSource, TryOut } from './issuer-source.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import type { Surroundings } from './surroundings.js'

const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 60_000

/**
 * Tries every issuer out when the server starts, and writes one line about each:
 * whether its tokens can be verified as the policy says, and what else it
 * offers. One that cannot be used is tried again until it can; nobody waits.
 */
export async function selfTest(
  sources: readonly IssuerSource[],
  log: FastifyBaseLogger,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(sources.map((source) => testUntilUsable(source, log, surroundings, signal)))
}

async function testUntilUsable(
  source: IssuerSource,
  log: FastifyBaseLogger,
  surroundings: Surroundings,
  signal: AbortSignal,
): Promise<void> {
  const { issuer } = source.accepted
  let said: string | undefined
  for (let pauses = 0; !signal.aborted; pauses += 1) {
    try {
      const tried = await source.tryOut()
      return log.info({ issuer }, `issuer ${issuer}: ${describeIssuer(source.accepted, tried)}`)
    } catch (error) {
      if (signal.aborted) return
      // A bug of ours: the server serves, and that it was not tested is written down.
      if (!(error instanceof IssuerUnavailable)) return log.error({ err: error, issuer }, 'the issuer was not tested')
      // Every change of the reason, and not every attempt.
      if (error.message !== said) log.error({ issuer }, unusable(source.accepted, error))
      said = error.message
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses)
    await surroundings.wait(pause * (0.75 + surroundings.random() / 2), signal)
  }
}

function unusable({ issuer }: AcceptedIssuer, { message, ourClientRefused }: IssuerUnavailable): string {
  const meanwhile = ourClientRefused
    ? 'No token of it can be verified until that is put right.'
    : 'Calls with its tokens get 503 until it can be used; it is tried again and again.'
  return `issuer ${issuer} cannot be used: ${message}. ${meanwhile}`
}

/** What an issuer gives, as far as that shows without a token of it. */
function describeIssuer(accepted: AcceptedIssuer, { metadata, keys }: TryOut): string {
  if (accepted.form === 'jwt') {
    const count = keys.length === 1 ? '1 key' : `${keys.length} keys`
    const others = metadata.introspectionEndpoint
      ? 'it offers introspection too: a token that is refused as malformed means that it issues opaque ones'
      : 'it offers no introspection, so that its tokens are JWTs'
    return `JWTs are verified with ${count} (${[...new Set(keys)].sort().join(', ')}); ${others}`
  }
  const { method } = accepted.client
  const others = metadata.jwksUri
    ? 'it publishes keys too, so that it may issue JWTs, which are put to introspection as well'
    : 'it publishes no keys, so that its tokens are opaque'
  return `opaque tokens are verified by introspection, which accepts our client (${method}); ${others}`
}
