import type { Item, ItemKind } from '../mcp/catalogue.js'
import type { Message, NamedResource } from '../mcp/message.js'
import type { Identity } from '../token/identity.js'
import { denialShape } from './denial-shape.js'
import { Denials, named } from './denials.js'
import { Grant } from './grant.js'
import { Grants, type ReadGrant } from './grants.js'
import type { Deciding } from './guard.js'
import { hiddenItems, withoutHidden } from './hidden-items.js'
import { type ArguedCalls, arguedCalls } from './pick-argument-scopes.js'
import { policyOf } from './policy-of.js'
import { type Refused, refuse } from './refusal.js'
import type { Decided, Understood } from './states.js'

/** What a client without a token may ask of a server where anything is public, besides using that. */
const OPEN_TO_ALL = new Set(['initialize', 'notifications/initialized', 'ping', 'server/discover'])

/** Lists that are open to all where something in them is. */
const LISTS: ReadonlyMap<string, ItemKind> = new Map([
  ['tools/list', 'tool'],
  ['resources/list', 'resource'],
  ['resources/templates/list', 'resource'],
  ['prompts/list', 'prompt'],
])

/**
 * One policy for every method: what is about a tool, a resource or a prompt
 * needs what that requires, everything else a valid token. Each message of a
 * batch is decided, and what is missing is named all at once.
 */
export async function decideAccess(state: Understood, guard: Deciding): Promise<Decided | Refused> {
  const { identity } = state
  const shape = denialShape(state, guard.configuration.denials)
  const hidden = hiddenItems(guard, identity)
  const messages = withoutHidden(state.messages, hidden)
  // The project's own schemas and functions run for nobody who has not logged in.
  const argued = identity === undefined ? NOTHING_ARGUED : await arguedCalls(messages, state.body, guard)
  const grants: Grant[] = []
  const denials = new Denials()
  for (const message of messages) {
    const { item } = message
    if (identity === undefined && !openToAll(message, guard)) {
      return refuse({ reason: 'login-required', ...named(item === undefined ? [] : [item]), ...shape })
    }
    if (message.method === 'resources/list') grants.push(...grantsToList(guard, identity))
    for (const one of itemsOf(message)) {
      const policy = policyOf(one, guard.configuration)
      // Boot refuses an item without a policy. Should one get here all the same, it gets no grant.
      if (policy === undefined) continue
      const decision = Grant.decide(one, policy, identity, scopesOf(message, argued))
      if (decision instanceof Grant) {
        grants.push(decision)
        continue
      }
      if (decision.denied === 'login-required') return refuse({ reason: 'login-required', ...named([one]), ...shape })
      denials.add(one, decision)
    }
  }
  const refusal = denials.refusal(identity?.granted ?? [], shape)
  if (refusal !== undefined) return refuse(refusal)
  return { ...state, messages, grants: new Grants(grants, readsOf(messages), hidden, argued) }
}

/**
 * Resources that say themselves which there are for a caller say it only to one
 * who may read them. Nobody else is refused the list: theirs is without them.
 */
function grantsToList({ catalogue, configuration }: Deciding, identity: Identity | undefined): readonly Grant[] {
  return catalogue.resources.all
    .filter(({ module }) => module.list !== undefined)
    .flatMap((resource) => {
      const policy = policyOf(resource, configuration)
      const decision = policy === undefined ? undefined : Grant.decide(resource, policy, identity)
      return decision instanceof Grant ? [decision] : []
    })
}

const NOTHING_ARGUED: ArguedCalls = new Map()

/** Of arguments that could not be judged nothing is asked; the call will not run. */
function scopesOf({ id }: Message, calls: ArguedCalls): readonly string[] {
  const argued = id === undefined ? undefined : calls.get(id)
  return argued === undefined || 'failure' in argued ? [] : argued.scopes
}

/** The right to read what has this URI, decided outside of a request for it. */
export function grantToRead(uri: string, guard: Deciding, identity: Identity): ReadGrant | undefined {
  const match = guard.catalogue.resources.find(uri)
  const policy = match === undefined ? undefined : policyOf(match.resource, guard.configuration)
  if (match === undefined || policy === undefined) return undefined
  const grant = Grant.decide(match.resource, policy, identity)
  return grant instanceof Grant ? { grant, variables: match.variables } : undefined
}

function openToAll({ item, method }: Message, { configuration, publicKinds }: Deciding): boolean {
  if (item) return policyOf(item, configuration)?.access === 'public'
  if (method === undefined) return false
  const listed = LISTS.get(method)
  return listed === undefined ? OPEN_TO_ALL.has(method) : publicKinds.has(listed)
}

/** Everything that one message is about, each once. */
function itemsOf({ item, watches = [] }: Message): readonly Item[] {
  return [...new Set([...(item === undefined ? [] : [item]), ...watches.map(({ match }) => match.resource)])]
}

function readsOf(messages: readonly Message[]): ReadonlyMap<string, NamedResource['match']> {
  const named = messages.flatMap(({ reads, watches = [] }) => (reads === undefined ? watches : [reads, ...watches]))
  return new Map(named.map(({ uri, match }) => [uri, match] as const))
}
