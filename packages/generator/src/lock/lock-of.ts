import { byCodeUnits } from '../model/order.js'
import type { ItemModel, PromptModel, ResourceModel, ServerModel, ToolModel } from '../model/server-model.js'
import type { OnlyForView } from '../render/only-for-view.js'
import {
  type ItemView,
  limitsView,
  policyView,
  type Setting,
  type TokenExchangeView,
  usesView,
} from '../render/policy-view.js'
import { said } from '../render/said.js'
import { settingInWords } from '../render/setting-in-words.js'
import { type AccessLock, type Limits, LOCK_VERSION, type LockedAccess, type Subscribers } from './access-lock.js'
import { effectiveHints } from './effective-hints.js'
import { shapeOf } from './shape-of.js'

/** The lock of a checked model: its access and nothing else, in an order that does not depend on the source. */
export function lockOf(model: ServerModel): AccessLock {
  const policy = policyView(model)
  const tools = paired(model.tools, policy.tools)
  const resources = paired(model.resources, policy.resources)
  const prompts = paired(model.prompts, policy.prompts)
  return {
    version: LOCK_VERSION,
    audience: policy.resource,
    issuers: policy.issuers
      .map(({ issuer, tokens, tokenExchange, ...rules }) => ({
        issuer,
        tokens: { ...withoutIntrospection(tokens), ...rules, ...exchangeOf(tokenExchange) },
      }))
      .sort((a, b) => byWords(a.issuer, b.issuer)),
    scopes: record(model.scopes, ({ name, baseline, satisfies }) => [name, { baseline, implies: sort(satisfies) }]),
    ...limitsOf(policy.limits),
    tools: record(tools, ([tool, access]) => [
      tool.name,
      {
        ...access,
        ...limitsOf(limitsView(tool.limits)),
        ...usesOf(tool),
        hints: effectiveHints(tool.annotations?.value ?? {}),
      },
    ]),
    resources: record(resources, ([resource, access]) => [
      said(resource.uri),
      { ...access, ...subscribersOf(resource), name: resource.name },
    ]),
    prompts: record(prompts, ([prompt, access]) => [prompt.name, { ...access, ...usesOf(prompt) }]),
    schemas: {
      tools: record(model.tools, ({ name, input, output }) => [
        name,
        { input: shapeOf(input.wire), output: output === null ? null : shapeOf(output.wire) },
      ]),
      resources: record(
        model.resources.filter(({ template }) => (template?.names.length ?? 0) > 0),
        ({ uri, input }) => [said(uri), { variables: shapeOf(input.wire) }],
      ),
      prompts: record(model.prompts, ({ name, input }) => [name, { arguments: shapeOf(input.wire) }]),
    },
  }
}

/** In the order of their names: that of the source means nothing. */
function limitsOf(limits: Readonly<Record<string, unknown>> | null): { readonly limits?: Limits } {
  if (limits === null) return {}
  return { limits: record(Object.entries(limits), ([name, value]) => [name, Number(value)]) }
}

function usesOf(item: ToolModel | PromptModel): { readonly uses?: readonly string[] } {
  const uses = usesView(item)
  return uses.length === 0 ? {} : { uses }
}

function subscribersOf({ subscribe }: ResourceModel): { readonly subscribe?: Subscribers } {
  return subscribe === null ? {} : { subscribe: subscribe.asks ? 'by-rule' : 'all' }
}

/** The views are in the order of their models. */
function paired<Model extends ItemModel>(
  models: readonly Model[],
  views: readonly ItemView[],
): [Model, LockedAccess][] {
  return models.flatMap((model, index): [Model, LockedAccess][] => {
    const view = views[index]
    if (view === undefined) return []
    const { access, downstream } = view
    return [[model, { ...inOrder(access), ...(downstream.length === 0 ? {} : { downstream }) }]]
  })
}

/** Which order the source has decides nothing here. */
function inOrder(view: LockedAccess): LockedAccess {
  const { onlyFor, acr, argumentScopes } = view
  return {
    ...accessInOrder(view),
    ...(onlyFor === undefined ? {} : { onlyFor: onlyForInOrder(onlyFor) }),
    ...(acr === undefined ? {} : { acr: sort(acr) }),
    ...(argumentScopes === undefined ? {} : { argumentScopes: sort(argumentScopes) }),
  }
}

function onlyForInOrder({ clientIds, tenants, issuers }: OnlyForView): OnlyForView {
  return {
    ...(clientIds === undefined ? {} : { clientIds: sort(clientIds) }),
    ...(tenants === undefined ? {} : { tenants: sort(tenants) }),
    ...(issuers === undefined ? {} : { issuers: [...issuers].sort(byWords) }),
  }
}

function byWords(a: Setting, b: Setting): number {
  return byCodeUnits(settingInWords(a), settingInWords(b))
}

function accessInOrder(view: LockedAccess): LockedAccess {
  if (view.access === 'scopes') return { ...view, scopes: sort(view.scopes) }
  if (view.access !== 'any-of') return view
  const { access, anyOf, ...rest } = view
  const sets = anyOf.map(sort).sort((a, b) => byCodeUnits(a.join(' '), b.join(' ')))
  const [only] = sets
  // One set is no choice: it is a list of scopes.
  return sets.length === 1 && only ? { access: 'scopes', scopes: only, ...rest } : { access, anyOf: sets, ...rest }
}

function record<Item, Value>(
  items: readonly Item[],
  entry: (item: Item) => readonly [name: string, value: Value],
): Readonly<Record<string, Value>> {
  return Object.fromEntries(items.map(entry).sort(([a], [b]) => byCodeUnits(a, b)))
}

function sort(names: readonly string[]): readonly string[] {
  return [...names].sort(byCodeUnits)
}

/** How and where: whom the server is when it asks is left out. */
function exchangeOf(exchange: TokenExchangeView | undefined): Readonly<Record<string, unknown>> {
  if (exchange === undefined) return {}
  const { form, endpoint } = exchange
  return { tokenExchange: { form, ...(endpoint === undefined ? {} : { endpoint }) } }
}

function withoutIntrospection(tokens: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(tokens).filter(([key]) => key !== 'introspection'))
}
