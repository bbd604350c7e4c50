import type { AccessPolicy, Policy, ResourcePolicy, ScopePolicy, ToolPolicy, UsingPolicy } from '../definition.js'
import { type LimitNumbers, limitNumbers } from '../limits/limit-numbers.js'
import { type AcceptedIssuer, ISSUER, readIssuer } from './accepted-issuer.js'
import { ownDownstreamProblems } from './check-downstream.js'
import { checkIssuer } from './check-issuer.js'
import { checkResource } from './check-resource.js'
import { deepFreeze } from './deep-freeze.js'
import type { Environment } from './environment.js'
import { type Operations, readOperations } from './operations.js'
import { repeatedIssuers } from './repeated-issuers.js'
import type { Purpose } from './resolve-setting.js'
import { SettingReader } from './setting-reader.js'

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

function metadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource)
  // RFC 9728 section 3.1: inserted between host and path, never appended.
  return `${origin}/.well-known/oauth-protected-resource${pathname}`
}
