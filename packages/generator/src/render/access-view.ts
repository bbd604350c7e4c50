import type { ItemKind } from '../model/item-name.js'
import { byCodeUnits } from '../model/order.js'
import type { PromptModel, ResourceModel, ServerModel, ToolModel } from '../model/server-model.js'
import { conditionsInWords } from './conditions-view.js'
import { type DownstreamView, serviceOf } from './downstream-view.js'
import { type LimitsRow, limitsRows } from './limits-in-words.js'
import { type AccessView, type IssuerView, type ItemView, policyView, type Setting, usesView } from './policy-view.js'
import { said } from './said.js'

interface SettingRow {
  readonly value: string | null
  readonly env: string | null
  readonly development: string | null
}

interface IssuerRow extends SettingRow {
  /** What its tokens may be for instead of the resource. */
  readonly audiences: readonly string[]
  /** Whose tokens need not be for the resource. */
  readonly clientIds: readonly string[]
  /** The only clients whose tokens count; empty if every client's do. */
  readonly allowedClientIds: readonly string[]
  readonly tenant: { readonly claim: string; readonly values: readonly string[] } | null
  readonly scopeClaim: string | null
  /** How its tokens are exchanged for tokens for other services. */
  readonly exchange: string | null
  /** The only scopes that its tokens can grant; empty if all. */
  readonly scopes: readonly string[]
}

interface ItemRow {
  readonly kind: ItemKind
  readonly name: string
  /** Of a resource; of others nothing. */
  readonly uri: string
  readonly description: string
  readonly isPublic: boolean
  /** The sets of scopes of which a caller needs one; none: every caller with a token may. */
  readonly ways: readonly (readonly string[])[]
  /** What is asked for besides. */
  readonly conditions: readonly string[]
  /** The scopes that its arguments may ask for. */
  readonly byArguments: readonly string[]
  readonly hints: readonly string[]
  readonly downstream: readonly DownstreamView[]
  readonly place: string
}

/** The content of `ACCESS.md`. */
export interface AccessPage {
  readonly name: string
  readonly version: string
  readonly resource: SettingRow
  readonly issuers: readonly IssuerRow[]
  readonly scopes: readonly ScopeRow[]
  readonly tools: Rows
  readonly resources: Rows
  readonly prompts: Rows
  /** What is done in the name of callers, one row for each service of each item. */
  readonly services: readonly ServiceRow[]
  /** What is said of how much may be asked for. */
  readonly limits: readonly LimitsRow[]
  /** What has a handler that does more than to answer. */
  readonly using: readonly UsingRow[]
  readonly subscriptions: readonly SubscriptionRow[]
  /** Whether there is anything but tools. */
  readonly isMixed: boolean
}

interface UsingRow {
  readonly kind: ItemKind
  readonly name: string
  readonly uses: readonly string[]
}

interface SubscriptionRow {
  readonly name: string
  readonly uri: string
  /** Who may be told of its changes. */
  readonly who: string
}

/** What there is of one kind, by whether it needs a token. */
interface Rows {
  readonly any: boolean
  readonly guarded: readonly ItemRow[]
  readonly public: readonly ItemRow[]
}

interface ServiceRow {
  readonly service: string
  readonly scopes: readonly string[]
  readonly item: ItemRow
}

interface ScopeRow {
  readonly name: string
  readonly description: string
  readonly baseline: boolean
  readonly implies: readonly string[]
  /** What names it. */
  readonly items: readonly ItemRow[]
}

export function accessPage(model: ServerModel): AccessPage {
  const { resource, issuers, tools, resources, prompts } = policyView(model)
  const rows = {
    tools: itemRows(tools, model.tools),
    resources: itemRows(resources, model.resources),
    prompts: itemRows(prompts, model.prompts),
  }
  const all = [...rows.tools, ...rows.resources, ...rows.prompts]
  return {
    name: model.server === null ? '' : said(model.server.name),
    version: model.server === null ? '' : said(model.server.version),
    resource: settingRow(resource),
    issuers: issuers.map(issuerRow),
    scopes: model.scopes.map(({ name, description, baseline, satisfies }) => ({
      name,
      description: said(description),
      baseline,
      implies: satisfies,
      items: all.filter(({ ways, byArguments }) => [...ways, byArguments].some((set) => set.includes(name))),
    })),
    tools: byAccess(rows.tools),
    resources: byAccess(rows.resources),
    prompts: byAccess(rows.prompts),
    services: serviceRows(all),
    limits: limitsRows(model),
    using: [...model.tools, ...model.prompts]
      .map((item) => ({ kind: item.kind, name: item.name, uses: usesView(item).map((use) => USES.get(use) ?? use) }))
      .filter(({ uses }) => uses.length > 0),
    subscriptions: model.resources.flatMap(({ name, uri, subscribe }) =>
      subscribe === null
        ? []
        : [{ name, uri: said(uri), who: subscribe.asks ? 'whom its own rule allows it' : 'everybody who may read it' }],
    ),
    isMixed: rows.resources.length + rows.prompts.length > 0,
  }
}

/** By service: who looks for one finds all that call it together. */
function serviceRows(items: readonly ItemRow[]): readonly ServiceRow[] {
  return items
    .flatMap((item) => item.downstream.map((view) => ({ service: serviceOf(view), scopes: view.scopes, item })))
    .sort((a, b) => byCodeUnits(a.service, b.service))
}
const USES: ReadonlyMap<string, string> = new Map([
  ['changes', 'says that lists or resources changed'],
  ['elicitation', 'asks the person'],
  ['logging', 'sends log messages'],
  ['polling', 'lets the client come back for the answer'],
  ['progress', 'says how far it is'],
  ['roots', 'asks which folders the client works in'],
  ['sampling', "asks the client's model"],
])

function byAccess(rows: readonly ItemRow[]): Rows {
  return {
    any: rows.length > 0,
    guarded: rows.filter(({ isPublic }) => !isPublic),
    public: rows.filter(({ isPublic }) => isPublic),
  }
}

type AnyModel = ToolModel | ResourceModel | PromptModel

function itemRows(views: readonly ItemView[], items: readonly AnyModel[]): readonly ItemRow[] {
  return items.flatMap((item, index): ItemRow[] => {
    const view = views[index]
    if (view === undefined) return []
    const { name, place, access, downstream } = view
    return [
      {
        kind: item.kind,
        name,
        uri: item.kind === 'resource' ? said(item.uri) : '',
        place,
        description: said(item.description),
        isPublic: access.access === 'public',
        ways: waysOf(access),
        conditions: conditionsInWords(access),
        byArguments: access.argumentScopes ?? [],
        hints: item.kind === 'tool' ? hintsOf(item) : [],
        downstream,
      },
    ]
  })
}

function waysOf(access: AccessView): readonly (readonly string[])[] {
  if (access.access === 'scopes') return [access.scopes]
  return access.access === 'any-of' ? access.anyOf : []
}

const HINTS: Readonly<Record<string, readonly [yes: string, no: string]>> = {
  readOnlyHint: ['reads only', 'changes things'],
  destructiveHint: ['destructive', 'not destructive'],
  idempotentHint: ['idempotent', 'not idempotent'],
  openWorldHint: ['reaches beyond this server', 'stays within this server'],
}

function hintsOf({ annotations }: ToolModel): readonly string[] {
  return Object.entries(annotations?.value ?? {}).flatMap(([hint, value]) => {
    const words = HINTS[hint]
    return words === undefined ? [] : [value === true ? words[0] : words[1]]
  })
}

function issuerRow(view: IssuerView): IssuerRow {
  const { issuer, scopeClaim, scopes, audienceCompatibility, allowedClientIds, tenant, tokenExchange } = view
  return {
    ...settingRow(issuer),
    audiences: audienceCompatibility?.audiences ?? [],
    clientIds: audienceCompatibility?.clientIds ?? [],
    allowedClientIds: allowedClientIds ?? [],
    tenant: tenant ?? null,
    scopeClaim: scopeClaim ?? null,
    exchange: EXCHANGES[tokenExchange?.form ?? ''] ?? null,
    scopes: scopes ?? [],
  }
}

const EXCHANGES: Readonly<Record<string, string>> = {
  rfc8693: 'token exchange (RFC 8693)',
  'entra-obo': 'the on-behalf-of flow of Microsoft Entra',
}

function settingRow(setting: Setting): SettingRow {
  if (typeof setting === 'string') return { value: setting, env: null, development: null }
  return { value: null, env: setting.env, development: setting.development ?? null }
}
