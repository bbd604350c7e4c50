import { type BadToken, BOTH } from './bad-token.js'

export const otherTenant: BadToken = {
  name: 'a token of a tenant that is not listed',
  forms: BOTH,
  isPossible: ({ tenant }) => tenant !== undefined,
  make: ({ trusted, scopes }) =>
    trusted.issue({ scopes, claims: tenantClaim(trusted.rule.tenant?.claim, 'access-matrix') }),
}

export const noTenant: BadToken = {
  name: 'a token that does not say of which tenant it is',
  forms: BOTH,
  isPossible: ({ tenant }) => tenant !== undefined,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, claims: tenantClaim(trusted.rule.tenant?.claim, undefined) }),
}

function tenantClaim(claim: string | undefined, value: string | undefined): Readonly<Record<string, unknown>> {
  return claim === undefined ? {} : { [claim]: value }
}
