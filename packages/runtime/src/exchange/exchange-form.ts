import type { ExchangeSettings } from '../configuration/accepted-issuer.js'
import type { ExchangeTarget } from './exchange-target.js'

export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

type Form = Readonly<Record<string, string>>

/** What the token endpoint is asked, without who asks. */
export const EXCHANGE_FORMS: {
  readonly [F in ExchangeSettings['form']]: (token: string, target: ExchangeTarget, clientId: string) => Form
} = {
  // RFC 8693 section 2.1.
  rfc8693: (token, { kind, name, scopes }) => ({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: token,
    subject_token_type: ACCESS_TOKEN_TYPE,
    requested_token_type: ACCESS_TOKEN_TYPE,
    [kind]: name,
    scope: scopes.join(' '),
  }),
  // Microsoft identity platform, on-behalf-of flow: a scope is named with the service that it is one of.
  'entra-obo': (token, { name, scopes }, clientId) => ({
    client_id: clientId,
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    requested_token_use: 'on_behalf_of',
    assertion: token,
    scope: scopes.map((scope) => `${name}/${scope}`).join(' '),
  }),
}
