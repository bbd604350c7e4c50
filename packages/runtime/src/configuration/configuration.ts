import type {
  AccessPolicy,
  IntrospectionRule,
  IssuerPolicy,
  Policy,
  ResourcePolicy,
  ScopeClaim,
  ScopePolicy,
  TenantRule,
  TokenExchangeRule,
  ToolPolicy,
  UsingPolicy,
} from '../definition.js'
import { type LimitNumbers, limitNumbers } from '../limits/limit-numbers.js'
import { ownDownstreamProblems } from './check-downstream.js'
import { checkEndpoint, checkIssuer } from './check-issuer.js'
import { checkCertificateKey, checkPrivateKey } from './check-private-key.js'
import { checkResource } from './check-resource.js'
import { checkApiKey, checkSecret } from './check-secret.js'
import { ConfigurationError } from './configuration-error.js'
import { deepFreeze } from './deep-freeze.js'
import { type Environment, isDevelopment } from './environment.js'
import { type Operations, readOperations } from './operations.js'
import { repeatedIssuers } from './repeated-issuers.js'
import { type Purpose, resolveSetting } from './resolve-setting.js'

/** A confidential client of ours at an issuer, by how it authenticates (RFC 8414 section 2). */
export type IntrospectionClient =
  | { readonly method: 'client_secret_basic'; readonly id: string; readonly secret: string }
  | { readonly method: 'bearer'; readonly apiKey: string }
  | {
      readonly method: 'private_key_jwt'
      readonly id: string
      /** PEM. */
      readonly privateKey: string
      readonly keyId?: string
      /** SHA-256 of the certificate that the issuer knows the key by, base64url (RFC 7515 section 4.1.8). */
      readonly certificateThumbprint?: string
    }

/** How tokens of an issuer are exchanged. */
export interface ExchangeSettings {
  readonly form: TokenExchangeRule['form']
  readonly client: Exclude<IntrospectionClient, { readonly method: 'bearer' }>
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

/** Who may do what, and how often: the same however a message comes. Nothing changes it after boot. */
export interface Rules {
  readonly server: Policy['server']
  /** In the order of their declaration. */
  readonly scopes: ReadonlyMap<string, ScopePolicy>
  readonly denials: Policy['denials']
  readonly limits: LimitNumbers
  readonly tools: ReadonlyMap<string, ToolPolicy>
  readonly resources: ReadonlyMap<string, ResourcePolicy>
  readonly prompts: ReadonlyMap<string, UsingPolicy>
}

/** The policy with every setting read: nothing changes it after boot. */
export interface Configuration extends Rules {
  /** The resource identifier, canonical. */
  readonly resource: string
  /** Where its metadata is, absolute; what every challenge names. */
  readonly resourceMetadata: string
  readonly issuers: readonly AcceptedIssuer[]
  readonly operations: Operations
}

/**
 * Reads every setting of a policy.
 *
 * @throws {ConfigurationError} naming every missing and every wrong one at once
 */
export function configure(policy: Policy, environment: Environment): Configuration {
  const reader = new SettingReader(environment)
  const resource = reader.read(policy.resource, RESOURCE, checkResource)
  const issuers = policy.issuers.map((issuer) => readIssuer(reader, issuer))
  for (const problem of repeatedIssuers(issuers.map(({ issuer }) => issuer))) reader.problems.add(problem)
  for (const problem of ownDownstreamProblems(policy, resource)) reader.problems.add(problem)
  const operations = readOperations(environment, reader.problems)
  const rules = rulesOf(policy)
  const named = {
    tools: withIssuers(rules.tools, reader),
    resources: withIssuers(rules.resources, reader),
    prompts: withIssuers(rules.prompts, reader),
  }
  reader.finish()
  return deepFreeze({
    ...rules,
    ...named,
    resource,
    resourceMetadata: metadataUrl(resource),
    issuers,
    operations,
  })
}

/** What a policy says of who may do what; the issuers that it names there are not read yet. */
export function rulesOf(policy: Policy): Rules {
  // A copy: whoever holds the definition cannot loosen it after boot.
  const { server, scopes, tools, resources, prompts } = structuredClone({
    server: policy.server,
    scopes: policy.scopes,
    tools: policy.tools,
    resources: policy.resources ?? {},
    prompts: policy.prompts ?? {},
  })
  return deepFreeze({
    server,
    scopes: new Map(Object.entries(scopes)),
    denials: policy.denials,
    limits: limitNumbers(policy.limits),
    tools: new Map(Object.entries(tools)),
    resources: new Map(Object.entries(resources)),
    prompts: new Map(Object.entries(prompts)),
  })
}

/** The policies of one kind, with the issuers that they name as their settings say. */
function withIssuers<P extends AccessPolicy>(
  policies: ReadonlyMap<string, P>,
  reader: SettingReader,
): ReadonlyMap<string, P> {
  return new Map(
    [...policies].map(([name, policy]) => {
      const issuers = policy.onlyFor?.issuers?.map((setting) => reader.read(setting, ISSUER, checkIssuer))
      return [name, issuers === undefined ? policy : { ...policy, onlyFor: { ...policy.onlyFor, issuers } }]
    }),
  )
}

const RESOURCE: Purpose = {
  meaning: 'The address of the MCP endpoint as clients type it: tokens are accepted for this resource only.',
  example: 'https://notes.example.com/mcp',
}

const ISSUER: Purpose = {
  meaning: 'The authorization server whose tokens are accepted, as its metadata spells it.',
  example: 'https://auth.example.com',
}

const CLIENT_ID: Purpose = {
  meaning: 'The client that asks the authorization server about access tokens (introspection).',
  example: 'mcp-resource-server',
}

const CLIENT_SECRET: Purpose = {
  meaning: 'The secret of that client. Keep it out of the repository.',
  example: '<the secret>',
  isSecret: true,
}

const API_KEY: Purpose = {
  meaning: 'The key by which the introspection endpoint knows this server. Keep it out of the repository.',
  example: '<the key>',
  isSecret: true,
}

const PRIVATE_KEY: Purpose = {
  meaning: 'The private key, in PEM, of the client that asks about access tokens. Keep it out of the repository.',
  example: '-----BEGIN PRIVATE KEY-----…',
  isSecret: true,
}

const ENDPOINT: Purpose = {
  meaning: 'Where the authorization server is asked about access tokens (introspection).',
  example: 'https://auth.example.com/oauth2/introspect',
}

const EXCHANGE_CLIENT_ID: Purpose = {
  meaning: 'The client that exchanges tokens of callers for tokens for other services.',
  example: 'mcp-resource-server',
}

const EXCHANGE_CLIENT_SECRET: Purpose = {
  meaning: 'The secret of the client that exchanges tokens. Keep it out of the repository.',
  example: '<the secret>',
  isSecret: true,
}

const EXCHANGE_PRIVATE_KEY: Purpose = {
  meaning: 'The private key, in PEM, of the client that exchanges tokens. Keep it out of the repository.',
  example: '-----BEGIN PRIVATE KEY-----…',
  isSecret: true,
}

const TOKEN_ENDPOINT: Purpose = {
  meaning: 'Where the authorization server exchanges tokens: its token endpoint.',
  example: 'https://auth.example.com/oauth2/token',
}

/** How long an active answer is believed unless the policy says otherwise: a revoked token works no longer than this. */
const BELIEVED_FOR_SECONDS = 30

function readIssuer(reader: SettingReader, policy: IssuerPolicy): AcceptedIssuer {
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
    client: readClient(reader, introspection),
    ...(endpoint === undefined ? {} : { endpoint: reader.read(endpoint, ENDPOINT, checkEndpoint) }),
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
    client: readExchangeClient(reader, rule),
    ...(endpoint === undefined ? {} : { endpoint: reader.read(endpoint, TOKEN_ENDPOINT, checkEndpoint) }),
    keptForMs: cacheSeconds * 1000,
  }
}

function readExchangeClient(reader: SettingReader, rule: TokenExchangeRule): ExchangeSettings['client'] {
  const id = reader.read(rule.clientId, EXCHANGE_CLIENT_ID, checkSecret)
  if ('clientSecret' in rule) {
    const secret = reader.read(rule.clientSecret, EXCHANGE_CLIENT_SECRET, checkSecret)
    return { method: 'client_secret_basic', id, secret }
  }
  const { keyId, certificateThumbprint } = rule
  const check = certificateThumbprint === undefined ? checkPrivateKey : checkCertificateKey
  return {
    method: 'private_key_jwt',
    id,
    privateKey: reader.read(rule.privateKey, EXCHANGE_PRIVATE_KEY, check),
    ...(keyId === undefined ? {} : { keyId }),
    ...(certificateThumbprint === undefined ? {} : { certificateThumbprint }),
  }
}

function readClient(reader: SettingReader, rule: IntrospectionRule): IntrospectionClient {
  if ('apiKey' in rule) return { method: 'bearer', apiKey: reader.read(rule.apiKey, API_KEY, checkApiKey) }
  const id = reader.read(rule.clientId, CLIENT_ID, checkSecret)
  if ('clientSecret' in rule) {
    return { method: 'client_secret_basic', id, secret: reader.read(rule.clientSecret, CLIENT_SECRET, checkSecret) }
  }
  const privateKey = reader.read(rule.privateKey, PRIVATE_KEY, checkPrivateKey)
  return {
    method: 'private_key_jwt',
    id,
    privateKey,
    ...(rule.keyId === undefined ? {} : { keyId: rule.keyId }),
  }
}

/** Collects problems instead of stopping at the first, so that one start tells everything. */
class SettingReader {
  readonly problems: Set<string> = new Set()
  readonly #environment: Environment

  constructor(environment: Environment) {
    this.#environment = environment
  }

  read(
    setting: Parameters<typeof resolveSetting>[0],
    purpose: Purpose,
    check?: (value: string, insecureAllowed: boolean) => string | undefined,
  ): string {
    const resolved = resolveSetting(setting, purpose, this.#environment)
    if ('problem' in resolved) {
      this.problems.add(resolved.problem)
      return ''
    }
    const wrong = check?.(resolved.value, isDevelopment(this.#environment))
    if (wrong !== undefined) {
      const name = resolved.by ?? (typeof setting === 'string' ? 'mcp/server.ts' : setting.env)
      const what = purpose.isSecret ? 'its value' : JSON.stringify(withoutUser(resolved.value))
      this.problems.add(`${name}: ${what} cannot be used.\n${purpose.meaning}\n${wrong}`)
    }
    return resolved.value
  }

  finish(): void {
    if (this.problems.size === 0) return
    const mode = this.#environment.NODE_ENV
    const hint = isDevelopment(this.#environment)
      ? undefined
      : `Development values apply only if NODE_ENV is "development" or "test"; it is ${mode ? JSON.stringify(mode) : 'not set'}.`
    throw new ConfigurationError([...this.problems], hint)
  }
}

/** What stands before the host of an address is a user, and may be a password. */
function withoutUser(address: string): string {
  return address.replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/?#]*@/, '$1…@')
}

function metadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource)
  // RFC 9728 section 3.1: inserted between host and path, never appended.
  return `${origin}/.well-known/oauth-protected-resource${pathname}`
}
