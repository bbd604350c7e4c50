import type { AccessPolicy } from '../definition.js'
import type { Identity } from '../token/identity.js'

/**
 * Whether there is such a thing for a caller: for everybody, or for whom every
 * list of `onlyFor` names. What a token does not say is in no list.
 */
export function isFor({ onlyFor }: AccessPolicy, identity: Identity | undefined): boolean {
  if (onlyFor === undefined) return true
  if (identity === undefined) return false
  const { clientIds, tenants, issuers } = onlyFor
  return (
    isListed(clientIds, identity.clientId) && isListed(tenants, identity.tenant) && isListed(issuers, identity.issuer)
  )
}

/** A setting that was not read at boot is no text, and so nobody's issuer. */
function isListed(list: readonly unknown[] | undefined, name: string | undefined): boolean {
  return list === undefined || (name !== undefined && list.includes(name))
}

/** Whether there are callers for whom there is no such thing. */
export function canBeHidden(policy: AccessPolicy | undefined): boolean {
  return policy?.whenDenied === 'hide' || policy?.onlyFor !== undefined
}
