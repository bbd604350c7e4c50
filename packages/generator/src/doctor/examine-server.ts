import { certificate } from './checks/certificate.js'
import { challenge } from './checks/challenge.js'
import { clock } from './checks/clock.js'
import { issuerEndpoints } from './checks/issuer-endpoints.js'
import { issuerMetadata } from './checks/issuer-metadata.js'
import { keys } from './checks/keys.js'
import { pkce } from './checks/pkce.js'
import { reachable } from './checks/reachable.js'
import { registration } from './checks/registration.js'
import { resourceMetadata } from './checks/resource-metadata.js'
import { scopes } from './checks/scopes.js'
import { withoutToken } from './checks/without-token.js'
import type { Finding, Group } from './finding.js'
import { lookBehind, probe, type Seen, type SeenIssuer, type Surroundings } from './look.js'
import { quoted } from './quoted.js'

/** In this order. Each looks at what was seen, and asks nothing. */
const SERVER: readonly ((seen: Seen, now: number) => readonly Finding[])[] = [
  reachable,
  certificate,
  clock,
  withoutToken,
  challenge,
  resourceMetadata,
]

const ISSUER: readonly ((seen: SeenIssuer) => readonly Finding[])[] = [
  issuerMetadata,
  issuerEndpoints,
  pkce,
  registration,
  scopes,
  keys,
]

/** Looks at a running server, and at the authorization servers that it names, as clients without a token do. */
export async function examineServer(url: string, surroundings: Surroundings): Promise<readonly Group[]> {
  const probed = await probe(url, surroundings)
  const title = `The server ${quoted(url)}`
  // Of a server that nobody gets to, nothing else is known.
  if (probed.initialize.kind === 'silence') return [{ title, findings: reachable(probed) }]
  const seen = await lookBehind(probed, surroundings)
  const now = Date.now()
  return [
    { title, findings: SERVER.flatMap((check) => check(seen, now)) },
    ...seen.issuers.map((issuer) => ({
      title: `The authorization server ${quoted(issuer.issuer)}`,
      findings: ISSUER.flatMap((check) => check(issuer)),
    })),
  ]
}
