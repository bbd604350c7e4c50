import type {
  EnvSetting,
  IntrospectionRule,
  IssuerPolicy,
  ScopeClaim,
  TenantRule,
  TokenExchangeRule,
} from '../definition.js'
import { checkEndpoint, checkIssuer } from './check-issuer.js'
import { checkCertificateKey, checkPrivateKey } from './check-private-key.js'
import { checkApiKey, checkSecret } from './check-secret.js'
import type { Purpose } from './resolve-setting.js'
import type { SettingReader } from './setting-reader.js'

/** A confidential client of ours at an issuer, by how it authenticates (RFC 8414 section 2). */
export type ConfidentialClient =
  | { readonly method: 'client_secret_basic'; readonly id: string; readonly secret: string }
  | {
      readonly method: 'private_key_jwt'
      readonly id: string
      /** PEM. */
      readonly privateKey: string
      readonly keyId?: string
      /** SHA-256 of the certificate that the issuer knows the key by, base64url (RFC 7515 section 4.1.8). */
      readonly certificateThumbprint?: string
    }

/** Who asks about tokens: such a client, or whoever has an API key. */
export type IntrospectionClient = ConfidentialClient | { readonly method: 'bearer'; readonly apiKey: string }

/** How tokens of an issuer are exchanged. */
export interface ExchangeSettings {
  readonly form: TokenExchangeRule['form']
  readonly client: ConfidentialClient
  readonly endpoint?: string
  /** Milliseconds for which an exchanged token is kept at most. */
  readonly keptForMs: number
}

/** Whose tokens are accepted without being for this resource. */
export type AudienceRule =
  | { readonly kind: 'audiences'; readonly audiences: readonly string[] }
  | { readonly kind: 'clientIds'; readonly clientIds: readonly string[] }

/** An issuer whose tokens are accepted, with its settings read. */
export type AcceptedIssuer = {
  readonly issuer: string
  readonly scopeClaim?: ScopeClaim
  readonly scopes?: readonly string[]
  readonly audienceCompatibility?: AudienceRule
  readonly allowedClientIds?: readonly string[]
  readonly tenant?: TenantRule
  readonly tokenExchange?: ExchangeSettings
} & (
  | { readonly form: 'jwt'; readonly typ: 'at+jwt' | 'JWT' }
  | {
      readonly form: 'opaque'
      readonly client: IntrospectionClient
      readonly endpoint?: string
      /** Milliseconds for which an active answer is believed. */
      readonly believedForMs: number
    }
)

/** What a setting that names an issuer is for. */
export const ISSUER: Purpose = {
  meaning: 'The authorization server whose tokens are accepted, as its metadata spells it.',
  example: 'https://auth.example.com',
}

/** What each setting of a client is for. */
interface ClientPurposes {
  readonly id: Purpose
  readonly secret: Purpose
  readonly privateKey: Purpose
}

const INTROSPECTION: ClientPurposes = {
  id: {
    meaning: 'The client that asks the authorization server about access tokens (introspection).',
    example: 'mcp-resource-server',
  },
  secret: {
    meaning: 'The secret of that client. Keep it out of the repository.',
    example: '<the secret>',
    isSecret: true,
  },
  privateKey: {
    meaning: 'The private key, in PEM, of the client that asks about access tokens. Keep it out of the repository.',
    example: '-----BEGIN PRIVATE KEY-----…',
    isSecret: true,
  },
}

const EXCHANGE: ClientPurposes = {
  id: {
    meaning: 'The client that exchanges tokens of callers for tokens for other services.',
    example: 'mcp-resource-server',
  },
  secret: {
    meaning: 'The secret of the client that exchanges tokens. Keep it out of the repository.',
    example: '<the secret>',
    isSecret: true,
  },
  privateKey: {
    meaning: 'The private key, in PEM, of the client that exchanges tokens. Keep it out of the repository.',
    example: '-----BEGIN PRIVATE KEY-----…',
    isSecret: true,
  },
}

const API_KEY: Purpose = {
  meaning: 'The key by which the introspection endpoint knows this server. Keep it out of the repository.',
  example: '<the key>',
  isSecret: true,
}

const INTROSPECTION_ENDPOINT: Purpose = {
  meaning: 'Where the authorization server is asked about access tokens (introspection).',
  example: 'https://auth.example.com/oauth2/introspect',
}

const TOKEN_ENDPOINT: Purpose = {
  meaning: 'Where the authorization server exchanges tokens: its token endpoint.',
  example: 'https://auth.example.com/oauth2/token',
}

/** How long an active answer is believed unless the policy says otherwise: a revoked token works no longer than this. */
const BELIEVED_FOR_SECONDS = 30

/** An issuer of the policy; what is wrong with its settings is kept by the reader. */
export function readIssuer(reader: SettingReader, policy: IssuerPolicy): AcceptedIssuer {
  const { tokens, scopeClaim, scopes, allowedClientIds, tenant, tokenExchange } = policy
  const issuer = reader.read(policy.issuer, ISSUER, checkIssuer)
  const audienceCompatibility = readAudienceRule(policy)
  const common = {
    issuer,
    ...(scopeClaim === undefined ? {} : { scopeClaim }),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
    ...(audienceCompatibility === undefined ? {} : { audienceCompatibility }),
    ...(allowedClientIds === undefined ? {} : { allowedClientIds: [...allowedClientIds] }),
    ...(tenant === undefined ? {} : { tenant: structuredClone(tenant) }),
    ...(tokenExchange === undefined ? {} : { tokenExchange: readTokenExchange(reader, tokenExchange) }),
  }
  if (tokens.form === 'jwt') return { ...common, form: 'jwt', typ: tokens.typ }
  const { introspection } = tokens
  const { endpoint, cacheSeconds = BELIEVED_FOR_SECONDS } = introspection
  return {
    ...common,
    form: 'opaque',
    client: readIntrospectionClient(reader, introspection),
    ...(endpoint === undefined ? {} : { endpoint: reader.read(endpoint, INTROSPECTION_ENDPOINT, checkEndpoint) }),
    believedForMs: cacheSeconds * 1000,
  }
}

function readAudienceRule({ audienceCompatibility: rule }: IssuerPolicy): AudienceRule | undefined {
  if (rule === undefined) return undefined
  return 'audiences' in rule
    ? { kind: 'audiences', audiences: [...rule.audiences] }
    : { kind: 'clientIds', clientIds: [...rule.clientIds] }
}

/** How long an exchanged token is kept unless the policy says otherwise. */
const KEPT_FOR_SECONDS = 300

function readTokenExchange(reader: SettingReader, rule: TokenExchangeRule): ExchangeSettings {
  const { form, endpoint, cacheSeconds = KEPT_FOR_SECONDS } = rule
  return {
    form,
    client: readClient(reader, rule, EXCHANGE),
    ...(endpoint === undefined ? {} : { endpoint: reader.read(endpoint, TOKEN_ENDPOINT, checkEndpoint) }),
    keptForMs: cacheSeconds * 1000,
  }
}

function readIntrospectionClient(reader: SettingReader, rule: IntrospectionRule): IntrospectionClient {
  if ('apiKey' in rule) return { method: 'bearer', apiKey: reader.read(rule.apiKey, API_KEY, checkApiKey) }
  return readClient(reader, rule, INTROSPECTION)
}

type ClientRule = Exclude<IntrospectionRule, { readonly apiKey: EnvSetting }> | TokenExchangeRule

function readClient(reader: SettingReader, rule: ClientRule, purposes: ClientPurposes): ConfidentialClient {
  const id = reader.read(rule.clientId, purposes.id, checkSecret)
  if ('clientSecret' in rule) {
    return { method: 'client_secret_basic', id, secret: reader.read(rule.clientSecret, purposes.secret, checkSecret) }
  }
  const { privateKey, keyId } = rule
  const certificateThumbprint = 'certificateThumbprint' in rule ? rule.certificateThumbprint : undefined
  const check = certificateThumbprint === undefined ? checkPrivateKey : checkCertificateKey
  return {
    method: 'private_key_jwt',
    id,
    privateKey: reader.read(privateKey, purposes.privateKey, check),
    ...(keyId === undefined ? {} : { keyId }),
    ...(certificateThumbprint === undefined ? {} : { certificateThumbprint }),
  }
}
