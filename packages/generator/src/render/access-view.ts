import type { ItemKind } from '../model/item-name.js'
import { byCodeUnits } from '../model/order.js'
import type { PromptModel, ResourceModel, ServerModel, ToolModel } from '../model/server-model.js'
import { conditionsInWords } from './conditions-view.js'
import { type DownstreamView, serviceOf } from './downstream-view.js'
import { type AccessView, type IssuerView, type ItemView, policyView, type Setting } from './policy-view.js'
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
  /** Whether there is anything but tools. */
  readonly isMixed: boolean
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
    isMixed: rows.resources.length + rows.prompts.length > 0,
  }
}

/** By service: who looks for one finds all that call it together. */
function serviceRows(items: readonly ItemRow[]): readonly ServiceRow[] {
  return items
    .flatMap((item) => item.downstream.map((view) => ({ service: serviceOf(view), scopes: view.scopes, item })))
    .sort((a, b) => byCodeUnits(a.service, b.service))
}

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
  const { issuer, scopeClaim, audienceCompatibility, allowedClientIds, tenant, tokenExchange } = view
  return {
    ...settingRow(issuer),
    audiences: audienceCompatibility?.audiences ?? [],
    clientIds: audienceCompatibility?.clientIds ?? [],
    allowedClientIds: allowedClientIds ?? [],
    tenant: tenant ?? null,
    scopeClaim: scopeClaim ?? null,
    exchange: EXCHANGES[tokenExchange?.form ?? ''] ?? null,
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
