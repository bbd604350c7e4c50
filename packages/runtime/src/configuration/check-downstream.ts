import type { AccessPolicy, Downstream, Policy, Reach } from '../definition.js'
import { sameResource } from '../token/check-audience.js'
import { isScopeToken } from './scope-token.js'

type Reaching = readonly [what: string, policy: AccessPolicy & Reach]

/** What is wrong with what handlers may get tokens for, as far as no setting has to be read for it. */
export function downstreamProblems(policy: Policy): string[] {
  const offered = policy.issuers.flatMap(({ tokenExchange }) => tokenExchange ?? [])
  return reachingItems(policy).flatMap(([item, { access, downstream = [] }]) => {
    const problems: string[] = []
    if (access === 'public') problems.push(`${item} is public: there is no caller in whose name it could get tokens.`)
    if (offered.length === 0) problems.push(`${item} gets tokens for other services, and no issuer exchanges any.`)
    if (offered.some(({ form }) => form === 'entra-obo') && downstream.some(({ resource }) => resource !== undefined)) {
      problems.push(`${item} names a resource, and Microsoft Entra knows audiences only.`)
    }
    if (!downstream.every(isWhole)) {
      problems.push(`${item} does not say for which audience, or which resource, and which scopes it gets tokens.`)
    }
    return problems
  })
}

/** A token for this very server would be one that its own guard accepts. */
export function ownDownstreamProblems(policy: Policy, own: string): string[] {
  return reachingItems(policy)
    .filter(([, { downstream = [] }]) =>
      downstream.some(({ audience, resource }) => sameResource(audience ?? resource, own)),
    )
    .map(([item]) => `${item} gets tokens for ${own}, which is this server itself.`)
}

function reachingItems({ tools, resources = {}, prompts = {} }: Policy): readonly Reaching[] {
  const named = (kind: string, policies: Readonly<Record<string, AccessPolicy & Reach>>): readonly Reaching[] =>
    Object.entries(policies).map(([name, policy]) => [`The ${kind} ${JSON.stringify(name)}`, policy])
  return [...named('tool', tools), ...named('resource', resources), ...named('prompt', prompts)].filter(
    ([, { downstream }]) => downstream !== undefined,
  )
}

function isWhole({ audience, resource, scopes }: Downstream): boolean {
  const isOne = (audience === undefined) !== (resource === undefined) && (audience ?? resource ?? '') !== ''
  return isOne && scopes.length > 0 && scopes.every(isScopeToken)
}
