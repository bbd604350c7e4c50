import type {
  AccessFact,
  AuthFacts,
  LimitsFact,
  Located,
  ServerFacts,
  SettingFact,
  TokenExchangeFacts,
} from '../analyse/facts.js'
import { DENIALS } from '../model/denials.js'
import { EMBEDDED_SECRET, isSameSetting, issuerSetting, issuersOf } from '../model/issuers.js'
import { byCodeUnits } from '../model/order.js'
import type { ItemModel, PromptModel, ServerModel, ToolModel } from '../model/server-model.js'
import { type ConditionsView, conditionsView } from './conditions-view.js'
import { type DownstreamView, downstreamView } from './downstream-view.js'
import { dataIn, said, saidOrNothing } from './said.js'

/** The content of `policy.gen.ts`, in the shape that `Policy` of the runtime has. */
export interface PolicyView {
  readonly server: object
  readonly resource: Setting
  readonly issuers: readonly IssuerView[]
  readonly scopes: readonly { readonly name: string; readonly policy: object }[]
  /** Nothing if it is chosen by who calls. */
  readonly denials?: string
  /** Nothing if the defaults hold. */
  readonly limits: Readonly<Record<string, unknown>> | null
  readonly tools: readonly UsingView[]
  readonly resources: readonly ResourceView[]
  readonly prompts: readonly UsingView[]
}

export interface ItemView {
  readonly name: string
  readonly place: string
  readonly access: AccessView & ConditionsView
  /** The services that its handlers get tokens for. */
  readonly downstream: readonly DownstreamView[]
}

/** A tool or a prompt, with all that its policy says: of a tool also how often, and what is kept of a call. */
export interface UsingView extends ItemView {
  readonly policy: object
}

export interface ResourceView extends ItemView {
  /** Its URI, and who may read it. */
  readonly policy: AccessView & ConditionsView & { readonly uri: string; readonly subscribe?: true } & Reach
}

interface Reach {
  readonly downstream?: readonly DownstreamView[]
}

export type Setting =
  | string
  | { readonly env: string; readonly development?: string; readonly developmentFile?: string }

export interface IssuerView {
  readonly issuer: Setting
  readonly tokens: object
  readonly scopeClaim?: string
  readonly scopes?: readonly string[]
  readonly audienceCompatibility?: { readonly audiences?: readonly string[]; readonly clientIds?: readonly string[] }
  readonly allowedClientIds?: readonly string[]
  readonly tenant?: { readonly claim: string; readonly values: readonly string[] }
  readonly tokenExchange?: TokenExchangeView
}

export interface TokenExchangeView {
  readonly form: string
  readonly endpoint?: Setting
  readonly [client: string]: unknown
}

export type AccessView =
  | { readonly access: 'scopes'; readonly scopes: readonly string[] }
  | { readonly access: 'any-of'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly access: 'authenticated' | 'public' }

export function policyView(model: ServerModel): PolicyView {
  const server = serverOf(model)
  return {
    server: {
      name: said(server.name),
      version: said(server.version),
      title: saidOrNothing(server.title),
      icons: dataIn(server.icons),
      instructions: saidOrNothing(server.instructions),
    },
    resource: settingView(said(server.resource)),
    issuers: issuersOf(server).map(({ value }) => issuerView(value)),
    scopes: model.scopes.map(({ name, description, baseline, satisfies }) => ({
      name,
      policy: { description: said(description), baseline, implies: satisfies },
    })),
    ...denialsView(server),
    limits: limitsView(server.limits),
    tools: model.tools.map((tool) => toolView(tool, server)),
    resources: model.resources.map((resource) => {
      const view = itemView(resource, server)
      const subscribe = resource.subscribe === null ? {} : { subscribe: true as const }
      return { ...view, policy: { uri: said(resource.uri), ...view.access, ...subscribe, ...reachOf(view) } }
    }),
    prompts: model.prompts.map((prompt) => usingView(prompt, server)),
  }
}

function itemView({ name, access, conditions, downstream }: ItemModel, server: ServerFacts): ItemView {
  const place = `${access.place.file}:${access.place.line}`
  const issuerNamed = (named: SettingFact): Setting => settingView(asDeclared(named, server))
  return {
    name,
    place,
    access: { ...accessView(access), ...conditionsView(conditions, issuerNamed) },
    downstream: downstreamView(downstream),
  }
}

function reachOf({ downstream }: ItemView): Reach {
  return downstream.length === 0 ? {} : { downstream }
}

/** The setting of `auth` that an item names, with the value in development that stands there. */
function asDeclared(named: SettingFact, server: ServerFacts): SettingFact {
  const declared = issuersOf(server).map(({ value }) => issuerSetting(value))
  return declared.find((setting) => isSameSetting(setting, named)) ?? named
}

function toolView(tool: ToolModel, server: ServerFacts): UsingView {
  const { policy, ...view } = usingView(tool, server)
  const limits = limitsView(tool.limits)
  return {
    ...view,
    policy: {
      ...policy,
      ...(limits === null ? {} : { limits }),
      ...(tool.auditsArguments === true ? { audit: { arguments: true } } : {}),
    },
  }
}

/** What a handler does besides answering, in the order of the alphabet: that of the source means nothing. */
export function usesView({ uses }: ToolModel | PromptModel): readonly string[] {
  return [...new Set((uses?.names ?? []).map(({ value }) => value))].sort(byCodeUnits)
}

function usingView(item: ToolModel | PromptModel, server: ServerFacts): UsingView {
  const view = itemView(item, server)
  const uses = usesView(item)
  return { ...view, policy: { ...view.access, ...(uses.length === 0 ? {} : { uses }), ...reachOf(view) } }
}

function denialsView({ denials }: ServerFacts): { readonly denials?: string } {
  const said = saidOrNothing(denials)
  return said === undefined || said === DENIALS[0] ? {} : { denials: said }
}

export function limitsView(limits: LimitsFact): Readonly<Record<string, unknown>> | null {
  if (limits === null || limits.length === 0) return null
  return Object.fromEntries(limits.map(({ name, value }) => [name, value]))
}

export function serverOf({ server }: ServerModel): ServerFacts {
  if (server === null) throw new TypeError('a model without a server was rendered')
  return server
}

function settingView(setting: SettingFact): Setting {
  if (setting.kind === 'literal') return setting.value
  const { name, development } = setting
  return development === null ? { env: name } : { env: name, development }
}

function issuerView(auth: AuthFacts): IssuerView {
  if (auth.kind === 'embedded') {
    return { issuer: settingView(issuerSetting(auth)), tokens: EMBEDDED_TOKENS }
  }
  const { issuer, scopeClaim, scopes, audienceCompatibility: rule, allowedClientIds, tenant, tokenExchange } = auth
  return {
    issuer: settingView(issuer.value),
    tokens: tokensView(auth),
    ...(scopeClaim === null ? {} : { scopeClaim }),
    ...(scopes === null ? {} : { scopes: textsOf(scopes) }),
    ...(rule === null ? {} : { audienceCompatibility: { [rule.value.kind]: textsOf(rule.value.entries) } }),
    ...(allowedClientIds === null ? {} : { allowedClientIds: textsOf(allowedClientIds) }),
    ...(tenant === null ? {} : { tenant: { claim: tenant.claim, values: textsOf(tenant.values) } }),
    ...(tokenExchange === null ? {} : { tokenExchange: tokenExchangeView(tokenExchange.value) }),
  }
}

function tokenExchangeView(exchange: TokenExchangeFacts): TokenExchangeView {
  const { form, clientId, proof, secret, keyId, certificateThumbprint, endpoint, cacheSeconds } = exchange
  return {
    form,
    clientId: settingView(clientId.value),
    [proof]: settingView(secret.value),
    ...(keyId === null ? {} : { keyId }),
    ...(certificateThumbprint === null ? {} : { certificateThumbprint }),
    ...(endpoint === null ? {} : { endpoint: settingView(endpoint.value) }),
    ...(cacheSeconds === null ? {} : { cacheSeconds }),
  }
}

function textsOf(texts: readonly Located<string>[]): readonly string[] {
  return texts.map(({ value }) => value)
}

/** How `@mcp-secure/auth-server` is asked about the opaque tokens that it issues. */
const EMBEDDED_TOKENS = {
  form: 'opaque',
  introspection: {
    clientId: 'mcp-resource-server',
    clientSecret: { env: EMBEDDED_SECRET, developmentFile: '.mcp-secure/introspection-secret' },
  },
}

function tokensView({ tokens, typ, introspection }: Extract<AuthFacts, { kind: 'oidc' }>): object {
  if (tokens === 'jwt') return { form: 'jwt', typ }
  if (introspection === null) throw new TypeError('a model with opaque tokens and no introspection was rendered')
  const { clientId, proof, secret, keyId, endpoint, cacheSeconds } = introspection
  return {
    form: 'opaque',
    introspection: {
      ...(clientId === null ? {} : { clientId: settingView(clientId.value) }),
      [proof]: settingView(secret.value),
      ...(keyId === null ? {} : { keyId }),
      ...(endpoint === null ? {} : { endpoint: settingView(endpoint.value) }),
      ...(cacheSeconds === null ? {} : { cacheSeconds }),
    },
  }
}

function accessView({ kind, scopes, sets }: AccessFact): AccessView {
  if (kind === 'scopes') return { access: 'scopes', scopes: scopes.map(({ value }) => value) }
  if (kind === 'any-of') return { access: 'any-of', anyOf: sets.map(({ value }) => value.map((scope) => scope.value)) }
  if (kind === 'authenticated' || kind === 'public') return { access: kind }
  throw new TypeError(`a model with ${kind} access was rendered`)
}
