import type { ItemKind } from '../model/item-name.js'
import type { ItemModel, ServerModel } from '../model/server-model.js'
import { type ConditionsView, conditionsInWords } from '../render/conditions-view.js'
import { type DownstreamView, downstreamInWords } from '../render/downstream-view.js'
import { type AccessView, type ItemView, policyView, type Setting } from '../render/policy-view.js'
import { said } from '../render/said.js'

/** Who may do what: the scopes of a server and what each item asks for, as plain data, which `access --format json` prints. */
export interface AccessMatrix {
  readonly server: { readonly name: string; readonly version: string }
  /** The address of the server, or the variable that holds it and its value in development. */
  readonly resource: Setting
  readonly scopes: readonly AccessScope[]
  /** By kind, then by name. */
  readonly items: readonly AccessItem[]
}

export interface AccessScope {
  readonly name: string
  readonly description: string
  readonly baseline: boolean
  /** Every scope that it stands for besides itself. */
  readonly implies: readonly string[]
}

export interface AccessItem {
  readonly kind: ItemKind
  readonly name: string
  readonly description: string
  readonly access: Access
  /** What is asked for besides; empty by default. */
  readonly conditions: ConditionsView
  /** The services that it calls in its caller's name. */
  readonly downstream: readonly DownstreamView[]
  /** Where that is written, as `file:line`. */
  readonly place: string
}

export type Access =
  | { readonly kind: 'scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'any-of'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly kind: 'authenticated' | 'public' }

/** The matrix of a checked model. */
export function accessMatrix(model: ServerModel): AccessMatrix {
  const { resource, tools, resources, prompts } = policyView(model)
  return {
    server: {
      name: model.server === null ? '' : said(model.server.name),
      version: model.server === null ? '' : said(model.server.version),
    },
    resource,
    scopes: model.scopes.map(({ name, description, baseline, satisfies }) => ({
      name,
      description: said(description),
      baseline,
      implies: satisfies,
    })),
    items: [
      ...accessItems(tools, model.tools),
      ...accessItems(resources, model.resources),
      ...accessItems(prompts, model.prompts),
    ],
  }
}

/** The views are in the order of their models. */
function accessItems(views: readonly ItemView[], models: readonly ItemModel[]): readonly AccessItem[] {
  return models.flatMap(({ kind, description }, index) => {
    const view = views[index]
    return view === undefined ? [] : [accessItem(kind, said(description), view)]
  })
}

function accessItem(kind: ItemKind, description: string, { name, access, downstream, place }: ItemView): AccessItem {
  return {
    kind,
    name,
    description,
    access: accessOf(access),
    conditions: conditionsOf(access),
    downstream,
    place,
  }
}

function conditionsOf({
  whenDenied,
  onlyFor,
  freshLogin,
  acr,
  argumentScopes,
  authorize,
}: ConditionsView): ConditionsView {
  return {
    ...(whenDenied && { whenDenied }),
    ...(onlyFor && { onlyFor }),
    ...(freshLogin && { freshLogin }),
    ...(acr && { acr }),
    ...(argumentScopes && { argumentScopes }),
    ...(authorize && { authorize }),
  }
}

function accessOf(access: AccessView): Access {
  switch (access.access) {
    case 'scopes':
      return { kind: 'scopes', scopes: access.scopes }
    case 'any-of':
      return { kind: 'any-of', anyOf: access.anyOf }
    default:
      return { kind: access.access }
  }
}

/**
 * What a scope is to an item: one that a caller must have, or one that a caller
 * may have instead because it implies such a one.
 */
export type Cell = 'needed' | 'covers' | 'nothing'

export function cellOf({ access }: AccessItem, { name, implies }: AccessScope): Cell {
  if (access.kind !== 'scopes') return 'nothing'
  if (access.scopes.includes(name)) return 'needed'
  return implies.some((implied) => access.scopes.includes(implied)) ? 'covers' : 'nothing'
}

/** In words, who may use an item. */
export function inWords(access: Access): string {
  switch (access.kind) {
    case 'public':
      return 'PUBLIC: everybody, without a token'
    case 'authenticated':
      return 'every caller with a token'
    case 'scopes':
      return access.scopes.join(' and ')
    case 'any-of':
      return access.anyOf.map((set) => set.join(' and ')).join(', or ')
  }
}

/** In words, what is asked for besides, and which services an item calls in its caller's name. */
export function besidesInWords({ conditions, downstream }: AccessItem): readonly string[] {
  return [...conditionsInWords(conditions), ...downstreamInWords(downstream)]
}

/** The kinds that there are, in their order, each with its items. */
export function byKind({ items }: AccessMatrix): readonly (readonly [title: string, items: readonly AccessItem[]])[] {
  const titles = { tool: 'Tools', resource: 'Resources', prompt: 'Prompts' } as const
  return (['tool', 'resource', 'prompt'] as const)
    .map((kind) => [titles[kind], items.filter((item) => item.kind === kind)] as const)
    .filter(([, found]) => found.length > 0)
}

/** The address of the server in words. */
export function resourceInWords(resource: Setting): string {
  if (typeof resource === 'string') return resource
  const development = resource.development === undefined ? '' : `, in development ${resource.development}`
  return `${resource.env} of the environment${development}`
}
