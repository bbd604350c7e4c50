import type { AccessPolicy, Policy, ScopePolicy, TokenRule, ToolPolicy } from '../definition.js'
import { type LimitNumbers, limitNumbers } from '../limits/limit-numbers.js'
import { checkIssuer } from './check-issuer.js'
import { checkResource } from './check-resource.js'
import { ConfigurationError } from './configuration-error.js'
import { deepFreeze } from './deep-freeze.js'
import { type Environment, isDevelopment } from './environment.js'
import { type Operations, readOperations } from './operations.js'
import { type Purpose, resolveSetting } from './resolve-setting.js'

/** A confidential client of ours at an issuer. */
export interface IntrospectionClient {
  readonly id: string
  readonly secret: string
}

/** An issuer whose tokens are accepted, with its settings read. */
export type AcceptedIssuer =
  | { readonly issuer: string; readonly form: 'jwt'; readonly typ: 'at+jwt' | 'JWT' }
  | { readonly issuer: string; readonly form: 'opaque'; readonly client: IntrospectionClient }

/** The policy with every setting read: nothing changes it after boot. */
export interface Configuration {
  readonly server: Policy['server']
  /** The resource identifier, canonical. */
  readonly resource: string
  /** Where its metadata is, absolute; what every challenge names. */
  readonly resourceMetadata: string
  readonly issuers: readonly AcceptedIssuer[]
  /** In the order of their declaration. */
  readonly scopes: ReadonlyMap<string, ScopePolicy>
  readonly limits: LimitNumbers
  readonly operations: Operations
  readonly tools: ReadonlyMap<string, ToolPolicy>
  readonly resources: ReadonlyMap<string, AccessPolicy>
  readonly prompts: ReadonlyMap<string, AccessPolicy>
}

/**
 * Reads every setting of a policy.
 *
 * @throws {ConfigurationError} naming every missing and every wrong one at once
 */
export function configure(policy: Policy, environment: Environment): Configuration {
  const reader = new SettingReader(environment)
  const resource = reader.read(policy.resource, RESOURCE, checkResource)
  const issuers = policy.issuers.map(({ issuer, tokens }) => readIssuer(reader, issuer, tokens))
  const repeated = issuers.find((one, index) => issuers.findIndex((other) => other.issuer === one.issuer) !== index)
  if (repeated && repeated.issuer !== '') reader.problems.add(`The issuer ${repeated.issuer} is listed twice.`)
  const operations = readOperations(environment, reader.problems)
  reader.finish()
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
    resource,
    resourceMetadata: metadataUrl(resource),
    issuers,
    scopes: new Map(Object.entries(scopes)),
    limits: limitNumbers(policy.limits),
    operations,
    tools: new Map(Object.entries(tools)),
    resources: new Map(Object.entries(resources)),
    prompts: new Map(Object.entries(prompts)),
  })
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
}

function readIssuer(
  reader: SettingReader,
  setting: Policy['issuers'][number]['issuer'],
  tokens: TokenRule,
): AcceptedIssuer {
  const issuer = reader.read(setting, ISSUER, checkIssuer)
  if (tokens.form === 'jwt') return { issuer, form: 'jwt', typ: tokens.typ }
  const id = reader.read(tokens.introspection.clientId, CLIENT_ID)
  const secret = reader.read(tokens.introspection.clientSecret, CLIENT_SECRET)
  return { issuer, form: 'opaque', client: { id, secret } }
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
      const name = typeof setting === 'string' ? 'mcp/server.ts' : setting.env
      this.problems.add(`${name}: ${JSON.stringify(resolved.value)} cannot be used.\n${purpose.meaning}\n${wrong}`)
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

function metadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource)
  // RFC 9728 section 3.1: inserted between host and path, never appended.
  return `${origin}/.well-known/oauth-protected-resource${pathname}`
}
