import type { AuthFacts, IntrospectionFacts, Located, ServerFacts, SettingFact } from '../analyse/facts.js'

/** A setting of the server, by the name that the spec gives it. */
export interface NamedSetting extends Located<SettingFact> {
  readonly setting: 'resource' | 'issuer' | 'clientId' | 'endpoint' | IntrospectionFacts['proof']
}

/** Every setting that is read at boot. */
export function settingsOf(server: ServerFacts | null): readonly NamedSetting[] {
  if (server === null) return []
  const { resource, auth } = server
  return [
    ...(typeof resource === 'string' ? [] : [{ setting: 'resource' as const, ...resource }]),
    ...(typeof auth === 'string' ? [] : settingsOfAuth(auth.value)),
  ]
}

function settingsOfAuth(auth: AuthFacts): readonly NamedSetting[] {
  const issuer = auth.issuer === null ? [] : [{ setting: 'issuer' as const, ...auth.issuer }]
  if (auth.kind === 'embedded' || auth.introspection === null) return issuer
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
