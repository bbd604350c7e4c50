import type { IssuerPolicy } from '@mcp-secure/runtime'
import type { TestIssuer } from '../issuer.js'

/**
 * How tokens are exchanged, at an issuer that the test runs: the server starts
 * without the settings of the project. No handler of the project runs here, so
 * nothing is exchanged.
 */
export function exchangeHere(
  { tokenExchange }: Pick<IssuerPolicy, 'tokenExchange'>,
  test: TestIssuer,
  secretVariable: string,
): Pick<IssuerPolicy, 'tokenExchange'> {
  if (tokenExchange === undefined) return {}
  const { form } = tokenExchange
  const client = { clientId: test.client.id, clientSecret: { env: secretVariable } }
  return { tokenExchange: { form, ...client, endpoint: `${test.issuer}/token` } }
}
