import { isDeepStrictEqual } from 'node:util'
import type { IssuerPolicy } from '@mcp-secure/runtime'
import type { ExpectedAccess, ExpectedItem } from './expected-access.js'

/** Who a token is of, as far as the policy tells callers apart by anything but scopes and login. */
export interface MatrixCaller {
  readonly clientId: string
  /** Those that name the tenant; none where the issuer has but one. */
  readonly claims: Readonly<Record<string, string>>
}

const CLIENT = 'access-matrix'

/** A caller whose tokens count at an issuer. */
export function usualCaller({ allowedClientIds, tenant }: IssuerPolicy): MatrixCaller {
  return { clientId: allowedClientIds?.[0] ?? CLIENT, claims: tenantOf(tenant, tenant?.values[0]) }
}

/** A caller of one issuer for whom there is an item; nothing if it is for nobody of that issuer. */
export function callerFor(item: ExpectedItem, { issuers }: ExpectedAccess, at: number): MatrixCaller | undefined {
  const issuer = issuers[at]
  if (issuer === undefined || !isOfIssuer(item, issuer)) return undefined
  const { onlyFor = {} } = item
  const { allowedClientIds, tenant } = issuer
  const clientId = firstOfBoth(onlyFor.clientIds, allowedClientIds, CLIENT)
  const value = firstOfBoth(onlyFor.tenants, tenant?.values ?? [], undefined)
  if (clientId === undefined || (onlyFor.tenants !== undefined && value === undefined)) return undefined
  return { clientId, claims: tenantOf(tenant, value) }
}

/** Whether there is such an item for the usual caller of an issuer. */
export function isForUsual(item: ExpectedItem, expected: ExpectedAccess, at: number): boolean {
  const issuer = expected.issuers[at]
  if (issuer === undefined || !isOfIssuer(item, issuer)) return false
  const { clientIds, tenants } = item.onlyFor ?? {}
  const { clientId } = usualCaller(issuer)
  const tenant = issuer.tenant?.values[0]
  const isTenant = tenants === undefined || (tenant !== undefined && tenants.includes(tenant))
  return isTenant && (clientIds === undefined || clientIds.includes(clientId))
}

export interface OtherCaller extends MatrixCaller {
  /** As in "unknown to …". */
  readonly name: string
  readonly at: number
}

/** Callers whose tokens count, and for whom there is no such item all the same. */
export function othersThanFor(item: ExpectedItem, expected: ExpectedAccess): readonly OtherCaller[] {
  return expected.issuers.flatMap((issuer, at): readonly OtherCaller[] => {
    const which = expected.issuers.length === 1 ? '' : ` (issuer ${at + 1})`
    if (!isOfIssuer(item, issuer)) return [{ name: `callers of another issuer${which}`, at, ...usualCaller(issuer) }]
    const caller = callerFor(item, expected, at)
    if (caller === undefined) return []
    const { clientIds, tenants } = item.onlyFor ?? {}
    const client = otherThan(clientIds, issuer.allowedClientIds ?? [`${CLIENT}-other`])
    const tenant = otherThan(tenants, issuer.tenant?.values ?? [])
    return [
      ...(client === undefined ? [] : [{ name: `another client${which}`, at, ...caller, clientId: client }]),
      ...(tenant === undefined
        ? []
        : [{ name: `another tenant${which}`, at, ...caller, claims: tenantOf(issuer.tenant, tenant) }]),
    ]
  })
}

function isOfIssuer({ onlyFor }: ExpectedItem, { issuer }: IssuerPolicy): boolean {
  return onlyFor?.issuers?.some((named) => isDeepStrictEqual(named, issuer)) ?? true
}

function firstOfBoth<T extends string | undefined>(
  wanted: readonly string[] | undefined,
  accepted: readonly string[] | undefined,
  usual: T,
): string | T | undefined {
  if (wanted === undefined) return accepted === undefined ? usual : accepted[0]
  return wanted.find((name) => accepted === undefined || accepted.includes(name))
}

function otherThan(listed: readonly string[] | undefined, accepted: readonly string[]): string | undefined {
  return listed === undefined ? undefined : accepted.find((name) => !listed.includes(name))
}

function tenantOf(tenant: IssuerPolicy['tenant'], value: string | undefined): Readonly<Record<string, string>> {
  return tenant === undefined || value === undefined ? {} : { [tenant.claim]: value }
}
