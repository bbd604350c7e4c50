import type { TokenRule } from '@mcp-secure/runtime'
import { createTestIssuer, type TestIssuer, type TokenRequest } from '../issuer.js'

/** An issuer that stands in for one of the policy: it issues tokens of the form that the policy says. */
export interface TrustedIssuer {
  readonly test: TestIssuer
  readonly form: TokenRule['form']
  /** A token that is good unless the request says otherwise. */
  issue(request: TokenRequest): Promise<string>
}

export async function startTrustedIssuer(rule: TokenRule, audience: string): Promise<TrustedIssuer> {
  const test = await createTestIssuer({ audience })
  const type = rule.form === 'jwt' ? rule.typ : 'at+jwt'
  return { test, form: rule.form, issue: (request) => test.issue({ form: rule.form, type, ...request }) }
}
