import type { Provider } from '../provider/oidc-provider.js'

/** The scopes that this browser's user granted a client before; `undefined` when there was no grant. */
export async function previousScopes(
  provider: Provider,
  sessionUid: string | undefined,
  clientId: string,
  resource: string,
): Promise<ReadonlySet<string> | undefined> {
  const session = sessionUid === undefined ? undefined : await provider.Session.findByUid(sessionUid)
  const grantId = session?.grantIdFor(clientId)
  const grant = grantId === undefined ? undefined : await provider.Grant.find(grantId)
  return grant && new Set(grant.getResourceScope(resource).split(' '))
}
