import type { AccessPolicy, Policy, RuledModule, ServerDefinition } from '../definition.js'
import { scopeSetsOf } from '../guard/scope-sets.js'
import { limitProblems } from '../limits/limit-numbers.js'
import { argumentHeaders } from '../mcp/argument-headers.js'
import { downstreamProblems } from './check-downstream.js'
import { checkIssuers } from './check-issuers.js'
import { checkPrompts } from './check-prompts.js'
import { checkResources } from './check-resources.js'
import { conditionProblems } from './condition-problems.js'
import { ConfigurationError } from './configuration-error.js'
import { missingParts } from './missing-parts.js'
import { onlyForProblems } from './only-for-problems.js'
import { isScopeToken } from './scope-token.js'

/**
 * Refuses a definition whose parts do not fit together. Every tool, resource and
 * prompt has a policy, a description and a handler, or the server does not
 * start: what is missing in one of them is never guessed from another.
 *
 * @throws {ConfigurationError} naming everything that does not fit
 */
export function checkDefinition(definition: ServerDefinition): void {
  const { policy } = definition
  const problems = [
    ...toolProblems(definition),
    ...schemaProblems(definition),
    ...argumentScopeProblems(definition),
    ...ruleOfObjectProblems('tool', policy.tools, definition.tools),
    ...ruleOfObjectProblems('resource', policy.resources ?? {}, definition.resources ?? {}),
    ...ruleOfObjectProblems('prompt', policy.prompts ?? {}, definition.prompts ?? {}),
    ...annotationProblems(definition),
    ...accessProblems('tool', policy.tools, policy),
    ...checkResources(definition),
    ...accessProblems('resource', policy.resources ?? {}, policy),
    ...checkPrompts(definition),
    ...accessProblems('prompt', policy.prompts ?? {}, policy),
    ...scopeProblems(policy),
    ...checkIssuers(policy),
    ...downstreamProblems(policy),
    ...limitProblems(policy),
    ...denialProblems(policy),
  ]
  if (problems.length === 0) return
  throw new ConfigurationError(problems, 'The generated files do not fit together: run mcp-gen build.')
}

function toolProblems({ policy, schemas, tools }: ServerDefinition): string[] {
  return missingParts('tool', { policy: policy.tools, schema: schemas, handler: tools })
}

/** What a client is told of a tool's output is what the handler's value is parsed by, or neither exists. */
function schemaProblems({ schemas, tools }: ServerDefinition): string[] {
  return Object.entries(tools).flatMap(([name, module]) => {
    if (typeof module?.run !== 'function') return [`The tool ${JSON.stringify(name)} has no run().`]
    const described = schemas[name]
    if (!Object.hasOwn(schemas, name) || described === undefined) return []
    return (described.output === null) === (module.output === undefined)
      ? []
      : [`The tool ${JSON.stringify(name)} has an output schema in its file or in its description, but not in both.`]
  })
}

/** A tool asks for scopes by its arguments in its file and in the policy, or in neither: one alone would open it. */
function argumentScopeProblems({ policy, tools }: ServerDefinition): string[] {
  const others = [...Object.entries(policy.resources ?? {}), ...Object.entries(policy.prompts ?? {})]
  return [
    ...others
      .filter(([, { argumentScopes }]) => argumentScopes !== undefined)
      .map(([name]) => `${JSON.stringify(name)} asks for scopes by its arguments, and is no tool.`),
    ...Object.entries(tools).flatMap(([name, module]) => {
      const rule = Object.hasOwn(policy.tools, name) ? policy.tools[name] : undefined
      const inPolicy = rule?.argumentScopes !== undefined
      if (inPolicy === (typeof module?.argumentScopes?.pick === 'function')) return []
      return [
        `The tool ${JSON.stringify(name)} has argumentScopes with pick() in its file or in the policy, but not in both.`,
      ]
    }),
  ]
}

/** A rule that the policy promises and the file does not have would let everybody through. */
function ruleOfObjectProblems(
  kind: string,
  rules: Readonly<Record<string, AccessPolicy>>,
  modules: Readonly<Record<string, RuledModule>>,
): string[] {
  return Object.entries(modules).flatMap(([name, module]) => {
    const inPolicy = Object.hasOwn(rules, name) && rules[name]?.authorize === true
    if (inPolicy === (typeof module?.authorize === 'function')) return []
    return [`The ${kind} ${JSON.stringify(name)} has authorize() in its file or in the policy, but not in both.`]
  })
}

/** Clients leave out a tool that asks for a header in a way that the protocol does not know. */
function annotationProblems({ schemas }: ServerDefinition): string[] {
  return Object.entries(schemas).flatMap(([name, { input }]) => {
    try {
      argumentHeaders(input.schema)
      return []
    } catch (error) {
      return [`The input of the tool ${JSON.stringify(name)} ${(error as Error).message}.`]
    }
  })
}

function accessProblems(kind: string, rules: Readonly<Record<string, AccessPolicy>>, policy: Policy): string[] {
  return Object.entries(rules).flatMap(([name, rule]) => {
    const item = `The ${kind} ${JSON.stringify(name)}`
    return [
      ...ruleProblems(kind, item, rule, policy),
      ...conditionProblems(item, rule),
      ...onlyForProblems(item, rule, policy),
      ...undeclared(item, rule.argumentScopes ?? [], policy),
    ]
  })
}

function ruleProblems(kind: string, item: string, rule: AccessPolicy, policy: Policy): string[] {
  switch (rule.access) {
    case 'public':
    case 'authenticated':
      return []
    case 'scopes':
    case 'any-of':
      return setProblems(item, scopeSetsOf(rule), policy)
    default:
      return [`${item} does not say who may ${VERBS[kind] ?? 'use'} it.`]
  }
}

function setProblems(item: string, sets: readonly (readonly string[])[], policy: Policy): string[] {
  if (sets.length === 0 || sets.some((set) => set.length === 0)) return [`${item} requires scopes but names none.`]
  return undeclared(item, sets.flat(), policy)
}

function undeclared(item: string, scopes: readonly string[], policy: Policy): string[] {
  return [...new Set(scopes)]
    .filter((scope) => !Object.hasOwn(policy.scopes, scope))
    .map((scope) => `${item} requires ${JSON.stringify(scope)}, which is not declared.`)
}

const VERBS: Readonly<Record<string, string>> = { tool: 'call', resource: 'read', prompt: 'get' }

function scopeProblems(policy: Policy): string[] {
  return Object.entries(policy.scopes).flatMap(([name, { implies }]) => {
    const problems: string[] = []
    if (!isScopeToken(name)) problems.push(`${JSON.stringify(name)} is not a scope (RFC 6749 section 3.3).`)
    // MCP 2026-07-28: it belongs to the authorization server's metadata, never to a challenge of this resource.
    if (name === 'offline_access') problems.push('The scope offline_access is not one of a resource: remove it.')
    for (const implied of implies) {
      if (!Object.hasOwn(policy.scopes, implied)) {
        problems.push(`The scope ${JSON.stringify(name)} implies ${JSON.stringify(implied)}, which is not declared.`)
      }
    }
    return problems
  })
}

function denialProblems({ denials }: { readonly denials?: unknown }): string[] {
  const isForm = denials === undefined || denials === 'http' || denials === 'result'
  return isForm ? [] : [`denials of the policy is ${JSON.stringify(denials)}, not "http" or "result".`]
}
