import type { ResourceModule, ResourcePolicy, ServerDefinition } from '../definition.js'
import { UriPattern } from '../mcp/uri-pattern.js'
import { missingParts } from './missing-parts.js'

/**
 * What does not fit together of the resources. Which one a URI belongs to, and
 * with it who may read it, has to have one answer.
 */
export function checkResources({ policy, resourceDescriptions = {}, resources = {} }: ServerDefinition): string[] {
  const rules = policy.resources ?? {}
  const patterns = Object.entries(rules).map(([name, { uri }]) => ({ name, uri, pattern: UriPattern.parse(uri) }))
  return [
    ...missingParts('resource', { policy: rules, description: resourceDescriptions, handler: resources }),
    ...Object.entries(resources).flatMap(([name, module]) =>
      typeof module?.read === 'function' ? [] : [`The resource ${JSON.stringify(name)} has no read().`],
    ),
    ...patterns.flatMap(({ name, uri, pattern }) =>
      pattern === undefined
        ? [`The resource ${JSON.stringify(name)} has ${JSON.stringify(uri)}, which is no URI.`]
        : [],
    ),
    ...patterns.flatMap(({ name, pattern }) => variableProblems(name, pattern, resources)),
    ...patterns.flatMap(({ name, pattern }) => subscribeProblems(name, pattern, rules[name], resources[name])),
    ...ambiguities(patterns),
  ]
}

function variableProblems(
  name: string,
  pattern: UriPattern | undefined,
  resources: NonNullable<ServerDefinition['resources']>,
): string[] {
  if (pattern === undefined || !Object.hasOwn(resources, name)) return []
  const schemas = resources[name]?.variables ?? {}
  const item = `The resource ${JSON.stringify(name)}`
  return [
    ...pattern.names
      .filter((variable) => !Object.hasOwn(schemas, variable))
      .map((variable) => `${item} has no schema for its variable ${variable}.`),
    ...Object.keys(schemas)
      .filter((variable) => !pattern.names.includes(variable))
      .map((variable) => `${item} has a schema for ${JSON.stringify(variable)}, which is no variable of its URI.`),
  ]
}

/** Of a template, `true` would say that everybody with the scopes may know of every one. */
function subscribeProblems(
  name: string,
  pattern: UriPattern | undefined,
  rule: ResourcePolicy | undefined,
  module: ResourceModule | undefined,
): string[] {
  const subscribe = module?.subscribe
  const item = `The resource ${JSON.stringify(name)}`
  if ((rule?.subscribe === true) !== (subscribe !== undefined)) {
    return [`${item} can be subscribed to in its file or in its policy, but not in both.`]
  }
  if (subscribe === undefined || typeof subscribe === 'function') return []
  if (subscribe !== true) return [`${item} has a subscribe that is neither true nor a function.`]
  return (pattern?.names.length ?? 0) === 0
    ? []
    : [`${item} does not say who may know of which one: see its subscribe.`]
}

function ambiguities(
  patterns: readonly { readonly name: string; readonly pattern: UriPattern | undefined }[],
): string[] {
  return patterns.flatMap(({ name, pattern }, index) =>
    patterns
      .slice(0, index)
      .filter((other) => pattern !== undefined && other.pattern?.overlaps(pattern))
      .map((other) => `One URI could be that of ${JSON.stringify(other.name)} and that of ${JSON.stringify(name)}.`),
  )
}
