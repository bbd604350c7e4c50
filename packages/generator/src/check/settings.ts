import { isDeepStrictEqual } from 'node:util'
import type {
  AuthFacts,
  IntrospectionFacts,
  Located,
  ServerFacts,
  SettingFact,
  TokenExchangeFacts,
} from '../analyse/facts.js'
import { EMBEDDED_SECRET, issuerSetting, issuersOf } from '../model/issuers.js'

/** A setting of the server, by the name that the spec gives it. */
export interface NamedSetting extends Located<SettingFact> {
  readonly setting: 'resource' | 'issuer' | 'clientId' | 'endpoint' | IntrospectionFacts['proof']
}

/** Every setting that is read at boot. */
export function settingsOf(server: ServerFacts | null): readonly NamedSetting[] {
  if (server === null) return []
  const { resource } = server
  return [
    ...(typeof resource === 'string' ? [] : [{ setting: 'resource' as const, ...resource }]),
    ...issuersOf(server).flatMap(settingsOfAuth),
  ]
}

function settingsOfAuth({ value: auth, place }: Located<AuthFacts>): readonly NamedSetting[] {
  const issuer = [{ setting: 'issuer' as const, ...(auth.issuer ?? { value: issuerSetting(auth), place }) }]
  if (auth.kind === 'embedded') {
    return [
      ...issuer,
      { setting: 'clientSecret', value: { kind: 'env', name: EMBEDDED_SECRET, development: null }, place },
    ]
  }
  const asking = auth.introspection === null ? [] : settingsOfClient(auth.introspection)
  const exchanging = auth.tokenExchange === null ? [] : settingsOfClient(auth.tokenExchange.value)
  // One client may do both: what it is told by is one setting then.
  return [...issuer, ...asking, ...exchanging.filter((one) => !asking.some((other) => isSame(one, other)))]
}

function settingsOfClient({
  clientId,
  proof,
  secret,
  endpoint,
}: IntrospectionFacts | TokenExchangeFacts): readonly NamedSetting[] {
  return [
    ...(clientId === null ? [] : [{ setting: 'clientId' as const, ...clientId }]),
    { setting: proof, ...secret },
    ...(endpoint === null ? [] : [{ setting: 'endpoint' as const, ...endpoint }]),
  ]
}

function isSame(one: NamedSetting, other: NamedSetting): boolean {
  return one.setting === other.setting && one.setting !== 'endpoint' && isDeepStrictEqual(one.value, other.value)
}

/** What nobody else may know. */
export function isSecret(setting: NamedSetting['setting']): boolean {
  return setting === 'clientSecret' || setting === 'apiKey' || setting === 'privateKey'
}
