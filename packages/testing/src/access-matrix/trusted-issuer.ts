import type { IssuerPolicy } from '@mcp-secure/runtime'
import { createTestIssuer, type TestIssuer, type TokenRequest } from '../issuer.js'
import { usualCaller } from './callers.js'

/** An issuer that stands in for one of the policy: it issues tokens as the policy says that they are. */
export interface TrustedIssuer {
  readonly test: TestIssuer
  readonly rule: IssuerPolicy
  readonly form: IssuerPolicy['tokens']['form']
  /** The whole request for a token that is good unless this one says otherwise. */
  request(request: TokenRequest): TokenRequest
  /** A token that is good unless the request says otherwise. */
  issue(request: TokenRequest): Promise<string>
}

export async function startTrustedIssuer(rule: IssuerPolicy, audience: string): Promise<TrustedIssuer> {
  const test = await createTestIssuer({ audience })
  const { tokens } = rule
  const type = tokens.form === 'jwt' ? tokens.typ : 'at+jwt'
  const { clientId, claims } = usualCaller(rule)
  const request = ({ scopes = [], claims: more, ...other }: TokenRequest): TokenRequest => ({
    form: tokens.form,
    type,
    clientId,
    scopes,
    ...other,
    claims: { ...scopesIn(rule, scopes), ...claims, ...more },
  })
  return { test, rule, form: tokens.form, request, issue: (wanted) => test.issue(request(wanted)) }
}

/** Where the policy looks for the scopes, and nowhere else. */
function scopesIn(
  { scopeClaim = 'scope' }: IssuerPolicy,
  scopes: readonly string[],
): Readonly<Record<string, unknown>> {
  return scopeClaim === 'scope' ? {} : { scope: undefined, [scopeClaim]: scopes }
}
