import type { AuthFacts, IntrospectionFacts, Located, ServerFacts, SettingFact } from '../analyse/facts.js'
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
  if (auth.introspection === null) return issuer
  const { clientId, proof, secret, endpoint } = auth.introspection
  return [
    ...issuer,
    ...(clientId === null ? [] : [{ setting: 'clientId' as const, ...clientId }]),
    { setting: proof, ...secret },
    ...(endpoint === null ? [] : [{ setting: 'endpoint' as const, ...endpoint }]),
  ]
}

/** What nobody else may know. */
export function isSecret(setting: NamedSetting['setting']): boolean {
  return setting === 'clientSecret' || setting === 'apiKey' || setting === 'privateKey'
}
