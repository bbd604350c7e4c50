import type { AuthFacts, Located, OnlyForFacts } from '../analyse/facts.js'
import type { Place } from '../diagnostics/diagnostic.js'
import { isSameSetting, issuerSetting, issuersOf } from '../model/issuers.js'
import type { ServerModel } from '../model/server-model.js'

export interface OnlyForProblem {
  readonly problem: string
  readonly place: Place
}

/** Whom an item names that no token of this server can be of. */
export function onlyForProblems(
  { value, place }: Located<OnlyForFacts>,
  { server }: ServerModel,
): readonly OnlyForProblem[] {
  const lists = [value.clientIds, value.tenants, value.issuers]
  if (lists.some((list) => list?.length === 0)) return [{ problem: 'has an empty list', place }]
  const declared = issuersOf(server).map(({ value: auth }) => auth)
  // What could not be read was reported, and nothing is known of it.
  if (declared.length === 0) return []
  const unknown = (value.issuers ?? []).filter(
    ({ value: named }) => !declared.some((auth) => isSameSetting(issuerSetting(auth), named)),
  )
  if (unknown.length > 0) {
    return unknown.map((named) => ({ problem: 'names an issuer that auth does not name', place: named.place }))
  }
  const meant = meantBy(value, declared)
  return [...tenantProblems(value, meant), ...clientProblems(value, meant)]
}

/** The authorization servers whose tokens an item is for. */
function meantBy({ issuers }: OnlyForFacts, declared: readonly AuthFacts[]): readonly AuthFacts[] {
  if (issuers === null) return declared
  return declared.filter((auth) => issuers.some(({ value }) => isSameSetting(issuerSetting(auth), value)))
}

function tenantProblems({ tenants }: OnlyForFacts, meant: readonly AuthFacts[]): readonly OnlyForProblem[] {
  const accepted = meant.flatMap((auth) => (auth.kind === 'oidc' ? (auth.tenant?.values ?? []) : []))
  return (tenants ?? []).flatMap(({ value, place }) =>
    accepted.some((tenant) => tenant.value === value)
      ? []
      : [{ problem: `names the tenant ${JSON.stringify(value)}, which tenant of its issuer does not accept`, place }],
  )
}

function clientProblems({ clientIds }: OnlyForFacts, meant: readonly AuthFacts[]): readonly OnlyForProblem[] {
  return (clientIds ?? []).flatMap(({ value, place }) => {
    if (value === '' || value !== value.trim() || value.includes('*')) {
      return [{ problem: `names ${JSON.stringify(value)}, and ids of clients are compared as they are`, place }]
    }
    const isAccepted = meant.some(
      (auth) => auth.kind === 'embedded' || (auth.allowedClientIds?.some((client) => client.value === value) ?? true),
    )
    if (isAccepted) return []
    return [
      { problem: `names the client ${JSON.stringify(value)}, which allowedClientIds of its issuer leaves out`, place },
    ]
  })
}
