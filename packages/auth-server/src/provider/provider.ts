import type { Client, KoaContextWithOIDC, Configuration as ProviderConfiguration } from 'oidc-provider'
import type { Configuration } from '../configuration/configuration.js'
import type { AuthorizationServerDefinition } from '../definition.js'
import type { Keys } from '../state/keys.js'
import type { RecordStore } from '../state/record-store.js'
import { AuthenticatingClients } from './authenticating-clients.js'
import { checkClientDocument } from './check-client-document.js'
import { interactionsPolicy } from './interactions-policy.js'
import { loginClaims } from './login-claims.js'
import { errors, Provider } from './oidc-provider.js'
import { redirectAllowed } from './redirect-uri.js'
import { declaredScopes } from './requested-scope.js'
import { isSameResource } from './resource.js'
import { ClientDocuments, type DocumentRequest, UNVERIFIED } from './stand-in-document.js'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long things live, in seconds. The consent page tells users the last two. */
export const lifetimes: {
  readonly AccessToken: number
  readonly Grant: number
} = { AccessToken: HOUR, Grant: 30 * DAY }

/** What the provider is made of. */
export interface ProviderParts {
  readonly definition: AuthorizationServerDefinition
  readonly configuration: Configuration
  readonly keys: Keys
  readonly introspectionSecret: string
  readonly store: RecordStore
  /** Fetches client id metadata documents and key sets of clients. */
  readonly fetch: typeof globalThis.fetch
  readonly renderError: NonNullable<ProviderConfiguration['renderError']>
}

/** oidc-provider, set up for MCP: one resource, S256, opaque tokens bound to their audience, rotation, `iss`. */
export function createProvider(parts: ProviderParts): Provider {
  const provider = new Provider(parts.configuration.issuer, {
    adapter: (model: string) => parts.store.adapter(model),
    jwks: parts.keys.signing,
    // Cookies do not know ports: names of their own keep them apart from those of the project on the next port.
    cookies: {
      keys: parts.keys.cookies,
      names: { session: 'mcp_auth_session', interaction: 'mcp_auth_interaction', resume: 'mcp_auth_resume' },
      long: { signed: true, httpOnly: true, overwrite: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, overwrite: true, sameSite: 'lax' },
    },
    interactions: {
      url: (_ctx, interaction) =>
        `${new URL(parts.configuration.issuer).pathname.replace(/\/$/, '')}/interaction/${interaction.uid}`,
      policy: interactionsPolicy(),
    },
    renderError: parts.renderError,
    findAccount: (_ctx, subject) => ({ accountId: subject, claims: () => ({ sub: subject }) }),
    ...grants(),
    ...clients(parts),
    features: features(parts),
  })
  // RFC 8252 section 7.3, and clients that register one name of this computer and use another.
  provider.Client.prototype.redirectUriAllowed = function (this: Client, uri: string): boolean {
    return redirectAllowed(uri, this.redirectUris ?? [])
  }
  return provider
}

function grants(): ProviderConfiguration {
  return {
    // Only those of OpenID Connect: the project's belong to its resource, see `getResourceServerInfo`.
    scopes: ['openid', 'offline_access'],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    extraTokenClaims: (ctx) => loginClaims(ctx as KoaContextWithOIDC),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Who closes the browser wants to stay logged in with the program that the login was for.
    expiresWithSession: async () => false,
    ttl: {
      AccessToken: lifetimes.AccessToken,
      AuthorizationCode: 2 * MINUTE,
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 30 * DAY,
      RefreshToken: lifetimes.Grant,
      Grant: lifetimes.Grant,
    },
  }
}

function clients({ configuration, introspectionSecret, fetch }: ProviderParts): ProviderConfiguration {
  const documents = new ClientDocuments(fetch)
  return {
    clients: [
      {
        client_id: configuration.introspectionClientId,
        client_name: 'The MCP server',
        client_secret: introspectionSecret,
        token_endpoint_auth_method: 'client_secret_basic',
        grant_types: [],
        response_types: [],
        redirect_uris: [],
      },
    ],
    clientDefaults: { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    // Nothing here is answered by a cookie, so any page may ask; only the resource server has business with introspection.
    clientBasedCORS: (ctx) => ctx.oidc.route !== 'introspection',
    extraClientMetadata: {
      properties: [UNVERIFIED],
      validator(_ctx, _name, _value, metadata) {
        const problem = checkClientDocument(metadata)
        if (problem !== undefined) throw new errors.InvalidClientMetadata(problem)
      },
    },
    fetch: (url, options) => documents.get(String(url), options ?? {}, documentRequest()),
  }
}

/** Whether this request begins a login, whose, and where its answer is to go. */
function documentRequest(): DocumentRequest {
  const oidc = Provider.ctx?.oidc
  const { client_id: id, redirect_uri: uri } = oidc?.params ?? {}
  return {
    beginsLogin: oidc?.route === 'authorization',
    redirectUri: typeof uri === 'string' ? uri : undefined,
    clientId: typeof id === 'string' ? id : undefined,
  }
}

function features({ definition, configuration, store }: ProviderParts): ProviderConfiguration['features'] {
  const { resource, introspectionClientId } = configuration
  const authenticating = new AuthenticatingClients(store.adapter('AuthenticatingClient'))
  return {
    devInteractions: { enabled: false },
    registration: { enabled: true, issueRegistrationAccessToken: false },
    introspection: {
      enabled: true,
      // RFC 7662 section 4: the resource server is told, nobody else, and of what it may accept: access tokens.
      allowedPolicy: (_ctx, client, token) => client.clientId === introspectionClientId && token.kind === 'AccessToken',
    },
    revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
    clientIdMetadataDocument: {
      enabled: true,
      ack: 'draft-02',
      // draft-ietf-oauth-client-id-metadata-document section 3: the address has a path.
      allowFetch: (_ctx, id) => new URL(id).pathname !== '/',
      // The pages find the client outside of any request of the provider's.
      allowClient: async (ctx, client) => {
        await authenticating.admit(client, (ctx as KoaContextWithOIDC | undefined)?.oidc.route)
        return true
      },
      cacheDuration: { min: 0, max: DAY },
    },
    resourceIndicators: {
      enabled: true,
      // Asked with what a request names, if it names several: a foreign one among them is refused, not left out.
      defaultResource: async (_ctx, _client, named) =>
        named?.some((one) => !isSameResource(one, resource)) ? [...named] : resource,
      useGrantedResource: async () => true,
      async getResourceServerInfo(ctx, indicator) {
        if (!isSameResource(indicator, resource)) {
          throw new errors.InvalidTarget(`the only resource here is ${resource}`)
        }
        if (ctx.oidc.route === 'authorization') checkRequestedScope(ctx.oidc.requestParamScopes, definition)
        return {
          scope: Object.keys(definition.scopes).join(' '),
          audience: resource,
          accessTokenFormat: 'opaque',
          accessTokenTTL: lifetimes.AccessToken,
        }
      },
    },
    // Not offered by the resource server, or not needed by an MCP client: what is off cannot be misused.
    userinfo: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    claimsParameter: { enabled: false },
  }
}

/** A request of which nothing could be granted is refused here, after its redirect URI was checked. */
function checkRequestedScope(requested: ReadonlySet<string>, { scopes }: AuthorizationServerDefinition): void {
  if (Object.keys(scopes).length === 0 || declaredScopes([...requested], scopes).length > 0) return
  // No baseline and no scope asked for: the login itself is what is granted.
  if (requested.size === 1 && requested.has('openid') && !Object.values(scopes).some(({ baseline }) => baseline)) return
  throw new errors.InvalidScope(
    `none of the requested scopes exists here; there are ${Object.keys(scopes).join(' ')}`,
    [...requested].join(' '),
  )
}
