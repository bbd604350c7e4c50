import type { AccessPolicy, IssuerPolicy, OnlyForPolicy, Policy, Setting } from '../definition.js'

/** What is wrong with whom something is for: nobody could be meant, or somebody else who has the same name. */
export function onlyForProblems(item: string, { access, onlyFor }: AccessPolicy, { issuers }: Policy): string[] {
  if (onlyFor === undefined) return []
  if (access === 'public') return [`${item} is public and for some callers only.`]
  const lists = [onlyFor.clientIds, onlyFor.tenants, onlyFor.issuers].filter((list) => list !== undefined)
  if (lists.length === 0 || lists.some((list) => list.length === 0))
    return [`${item} is for callers that it does not name.`]
  const meant = issuers.filter((issuer) => isMeant(issuer, onlyFor))
  const problems: string[] = []
  if (onlyFor.issuers?.some((named) => !issuers.some(({ issuer }) => isSame(issuer, named))) === true) {
    problems.push(`${item} is for callers of an issuer whose tokens are not accepted.`)
  }
  // RFC 6749 section 2.2: ids of clients are unique to one authorization server, and tenants are named by each.
  if ((onlyFor.clientIds ?? onlyFor.tenants) !== undefined && issuers.length > 1 && onlyFor.issuers?.length !== 1) {
    problems.push(`${item} is for clients or tenants, and does not say of which one issuer.`)
  }
  if (onlyFor.tenants?.some((tenant) => !meant.some((issuer) => issuer.tenant?.values.includes(tenant))) === true) {
    problems.push(`${item} is for a tenant whose tokens are not accepted.`)
  }
  return problems
}

function isMeant({ issuer }: IssuerPolicy, { issuers }: OnlyForPolicy): boolean {
  return issuers === undefined || issuers.some((named) => isSame(issuer, named))
}

function isSame(one: Setting, other: Setting): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return one.env === other.env
}
