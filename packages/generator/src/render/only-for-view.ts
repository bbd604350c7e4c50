import type { Located, OnlyForFacts, SettingFact } from '../analyse/facts.js'
import type { Setting } from './policy-view.js'
import { settingInWords } from './setting-in-words.js'

/** Which callers there is such a thing for: those that each list names one of. */
export interface OnlyForView {
  readonly clientIds?: readonly string[]
  readonly tenants?: readonly string[]
  readonly issuers?: readonly Setting[]
}

/** `issuerNamed` is how the policy writes an issuer that an item names. */
export function onlyForView(
  { clientIds, tenants, issuers }: OnlyForFacts,
  issuerNamed: (named: SettingFact) => Setting,
): OnlyForView {
  return {
    ...(clientIds === null ? {} : { clientIds: clientIds.map(text) }),
    ...(tenants === null ? {} : { tenants: tenants.map(text) }),
    ...(issuers === null ? {} : { issuers: issuers.map(({ value }) => issuerNamed(value)) }),
  }
}

function text({ value }: Located<string>): string {
  return value
}

/** Whom it is for: `the client a or b of the tenant c with tokens of STAFF_ISSUER of the environment`. */
export function onlyForInWords({ clientIds, tenants, issuers }: OnlyForView): string {
  const callers = [
    ...(clientIds === undefined ? [] : [`the client ${clientIds.join(' or ')}`]),
    ...(tenants === undefined ? [] : [`the tenant ${tenants.join(' or ')}`]),
  ].join(' of ')
  if (issuers === undefined) return callers
  return `${callers === '' ? '' : `${callers} with `}tokens of ${issuers.map(settingInWords).join(' or ')}`
}
