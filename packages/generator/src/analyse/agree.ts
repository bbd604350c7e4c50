import { isDeepStrictEqual } from 'node:util'
import type { Place } from '../diagnostics/diagnostic.js'
import { issuerSetting } from '../model/issuers.js'
import type { Evaluated, EvaluatedItem } from './evaluation.js'
import type {
  AuthFacts,
  Fact,
  IntrospectionFacts,
  ItemFacts,
  LimitsFact,
  Located,
  OnlyForFacts,
  PromptFacts,
  ResourceFacts,
  ServerFacts,
  SettingFact,
  TokenExchangeFacts,
  ToolFacts,
} from './facts.js'
import type { Report } from './report.js'

/**
 * What was read from the source and what the module says when it runs have to
 * be the same: the first becomes the policy, the second is what the user tests.
 */
export function compareItem(
  item: ItemFacts | ToolFacts | PromptFacts,
  evaluated: Evaluated | undefined,
  report: Report,
): void {
  if (evaluated?.kind !== 'tool' && evaluated?.kind !== 'resource' && evaluated?.kind !== 'prompt') return
  const { access, description, title } = item
  const { value } = evaluated
  if (access.kind === 'scopes') {
    compare('scopes', { value: access.scopes.map((scope) => scope.value), place: access.place }, value.scopes, report)
    compare('access', { value: undefined, place: access.place }, value.access, report)
  }
  if (access.kind === 'any-of') {
    const anyOf = access.sets.map((set) => set.value.map((scope) => scope.value))
    compare('scopes', { value: { anyOf }, place: access.place }, value.scopes, report)
    compare('access', { value: undefined, place: access.place }, value.access, report)
  }
  if (access.kind === 'public' || access.kind === 'authenticated') {
    compare('access', { value: access.kind, place: access.place }, value.access, report)
    compare('scopes', { value: undefined, place: access.place }, value.scopes, report)
  }
  compareConditions(item, value, report)
  if ('uses' in item) compareUses(item, value.uses, report)
  compareDownstream(item, value.downstream, report)
  compareText('description', description, value.description, report)
  compareText('title', title, value.title, report)
}

/** What stands in the source and does not count when the file runs, or the other way round. */
function compareConditions({ conditions, place }: ItemFacts, value: EvaluatedItem, report: Report): void {
  // What was refused as unreadable is not there to compare.
  if (report.diagnostics.some((found) => found.code === 'unreadable-condition' && found.place.file === place.file))
    return
  for (const name of ['whenDenied', 'freshLogin', 'acr'] as const) {
    const fact = conditions[name]
    compare(name, { value: fact?.value, place: fact?.place ?? place }, value[name], report)
  }
  const { argumentScopes, onlyFor } = conditions
  compare(
    'onlyFor',
    { value: onlyFor?.value && writtenOnlyFor(onlyFor.value), place: onlyFor?.place ?? place },
    value.onlyFor,
    report,
  )
  const at = argumentScopes?.place ?? place
  const written =
    argumentScopes === null ? undefined : { declared: argumentScopes.value.map(({ value: name }) => name) }
  const rule = conditions.authorize === null ? undefined : 'a function'
  const ruleAt = conditions.authorize ?? place
  compare('authorize', { value: rule, place: ruleAt }, value.authorizes ? 'a function' : undefined, report)
  compare('argumentScopes', { value: written, place: at }, value.argumentScopes, report)
  if (written !== undefined)
    compare('argumentScopes.pick', { value: 'a function', place: at }, value.picks ? 'a function' : undefined, report)
}

function writtenOnlyFor({ clientIds, tenants, issuers }: OnlyForFacts): unknown {
  return {
    ...(clientIds === null ? {} : { clientIds: clientIds.map(({ value }) => value) }),
    ...(tenants === null ? {} : { tenants: tenants.map(({ value }) => value) }),
    ...(issuers === null ? {} : { issuers: issuers.map(({ value }) => written(value)) }),
  }
}

function compareUses(item: ToolFacts | PromptFacts, evaluated: unknown, report: Report): void {
  const { uses, place } = item
  if (uses === null) compare('uses', { value: undefined, place }, evaluated, report)
  else if (uses.whole) {
    compare('uses', { value: uses.names.map(({ value }) => value), place: uses.place }, evaluated, report)
  }
}

function compareDownstream({ downstream, place }: ItemFacts, evaluated: unknown, report: Report): void {
  // What was refused as unreadable is not there to compare.
  const isUnread = report.diagnostics.some(
    (found) => found.code === 'unreadable-downstream' && found.place.file === place.file,
  )
  if (isUnread) return
  const services = downstream?.value.map(({ kind, name, scopes }) => ({
    [kind]: name.value,
    scopes: scopes.map(({ value }) => value),
  }))
  compare('downstream', { value: services, place: downstream?.place ?? place }, evaluated, report)
}

/** What limits a tool and what is kept of its calls decides no access, but somebody relies on it. */
export function compareTool(tool: ToolFacts, evaluated: Evaluated | undefined, report: Report): void {
  if (evaluated?.kind !== 'tool') return
  compareItem(tool, evaluated, report)
  const { limits, auditsArguments, place } = tool
  const { value } = evaluated
  compareLimits(limits, place, value.limits, report)
  if (auditsArguments === null) return
  const { audit } = value
  const kept = typeof audit === 'object' && audit !== null && 'arguments' in audit ? audit.arguments : false
  compare('audit.arguments', { value: auditsArguments, place }, kept, report)
}

function compareLimits(limits: LimitsFact, place: Place, evaluated: unknown, report: Report): void {
  if (limits === null) return
  const written = Object.fromEntries(limits.map(({ name, value }) => [name, value]))
  compare('limits', { value: written, place: limits[0]?.place ?? place }, evaluated ?? {}, report)
}

export function compareResource(resource: ResourceFacts, evaluated: Evaluated | undefined, report: Report): void {
  if (evaluated?.kind !== 'resource') return
  compareItem(resource, evaluated, report)
  compareText('uri', resource.uri, evaluated.value.uri, report)
  compareText('mimeType', resource.mimeType, evaluated.value.mimeType, report)
  const isSubscribable = evaluated.value.subscribes !== 'undefined'
  if (isSubscribable !== (resource.subscribe !== null)) {
    const { place, subscribe } = resource
    const value = subscribe === null ? undefined : 'there'
    compare('subscribe', { value, place }, isSubscribable ? 'there' : undefined, report)
  }
  const isListing = evaluated.value.lists
  if (isListing !== (resource.list !== null)) {
    compare(
      'list',
      { value: resource.list === null ? undefined : 'a function', place: resource.place },
      isListing ? 'a function' : undefined,
      report,
    )
  }
}

export function compareServer(server: ServerFacts, evaluated: Evaluated | undefined, report: Report): void {
  if (evaluated?.kind !== 'server') return
  const { value } = evaluated
  for (const key of ['name', 'version', 'title', 'instructions'] as const) {
    compareText(key, server[key], value[key], report)
  }
  const { resource, scopes, auth, limits, place } = server
  compareLimits(limits, place, value.limits, report)
  if (isSaid(resource))
    compare('resource', { value: written(resource.value), place: resource.place }, value.resource, report)
  if (isSaid(auth)) compareAuth(auth, value.auth, report)
  compareText('denials', server.denials, value.denials, report)
  if (isSaid(server.clients)) {
    const names = server.clients.value.map((client) => client.value)
    compare('clients', { value: names, place: server.clients.place }, value.clients, report)
  }
  // What was refused as unreadable is not there to compare.
  if (report.diagnostics.some(({ code }) => code === 'unreadable-scope')) return
  if (isSaid(scopes))
    compare('scopes', { value: writtenScopes(scopes.value), place: scopes.place }, bare(value.scopes), report)
}

/** One by one where there are as many, so that a difference has its place. */
function compareAuth(
  { value, place }: Located<readonly Located<AuthFacts>[]>,
  evaluated: unknown,
  report: Report,
): void {
  const running: readonly unknown[] = Array.isArray(evaluated) ? evaluated : [evaluated]
  if (running.length !== value.length) {
    compare('auth', { value: value.map((issuer) => writtenAuth(issuer.value)), place }, evaluated, report)
    return
  }
  for (const [index, issuer] of value.entries()) {
    compare('auth', { value: writtenAuth(issuer.value), place: issuer.place }, withDefaults(running[index]), report)
  }
}

function isSaid<T>(fact: Fact<T>): fact is Located<T> {
  return typeof fact !== 'string'
}

function compareText(what: string, fact: Fact<string>, evaluated: unknown, report: Report): void {
  if (isSaid(fact)) compare(what, fact, evaluated, report)
}

function compare(what: string, { value, place }: Located<unknown>, evaluated: unknown, report: Report): void {
  if (isDeepStrictEqual(value, evaluated)) return
  report.add('evaluation-disagrees', place, { what, written: show(value), evaluated: show(evaluated) })
}

function show(value: unknown): string {
  return value === undefined ? 'absent' : (JSON.stringify(value) ?? 'something else')
}

function written(setting: SettingFact): unknown {
  if (setting.kind === 'literal') return setting.value
  const { name, development } = setting
  return development === null ? { env: name } : { env: name, development }
}

/** What `embedded()` and `oidc()` of the DSL return for these facts. */
function writtenAuth(auth: AuthFacts): unknown {
  if (auth.kind === 'embedded') {
    return { kind: 'embedded', issuer: written(issuerSetting(auth)) }
  }
  const { scopes, audienceCompatibility, allowedClientIds, tenant, tokenExchange } = auth
  return {
    kind: 'oidc',
    issuer: written(auth.issuer.value),
    tokens: auth.tokens,
    typ: auth.typ,
    introspection: auth.introspection && writtenIntrospection(auth.introspection),
    scopeClaim: auth.scopeClaim,
    scopes: scopes?.map(({ value }) => value) ?? null,
    audienceCompatibility: audienceCompatibility && {
      [audienceCompatibility.value.kind]: audienceCompatibility.value.entries.map(({ value }) => value),
    },
    allowedClientIds: allowedClientIds?.map(({ value }) => value) ?? null,
    tenant: tenant && { claim: tenant.claim, values: tenant.values.map(({ value }) => value) },
    tokenExchange: tokenExchange && writtenExchange(tokenExchange.value),
  }
}

function writtenIntrospection({ clientId, proof, secret, keyId, endpoint, cacheSeconds }: IntrospectionFacts): unknown {
  return {
    ...(clientId === null ? {} : { clientId: written(clientId.value) }),
    [proof]: written(secret.value),
    ...(keyId === null ? {} : { keyId }),
    ...(endpoint === null ? {} : { endpoint: written(endpoint.value) }),
    ...(cacheSeconds === null ? {} : { cacheSeconds }),
  }
}

function writtenExchange(exchange: TokenExchangeFacts): unknown {
  const { form, clientId, proof, secret, keyId, certificateThumbprint, endpoint, cacheSeconds } = exchange
  return {
    form,
    clientId: written(clientId.value),
    [proof]: written(secret.value),
    ...(keyId === null ? {} : { keyId }),
    ...(certificateThumbprint === null ? {} : { certificateThumbprint }),
    ...(endpoint === null ? {} : { endpoint: written(endpoint.value) }),
    ...(cacheSeconds === null ? {} : { cacheSeconds }),
  }
}

function writtenScopes(
  scopes: readonly { name: string; baseline: boolean; implies: readonly Located<string>[] }[],
): unknown {
  return Object.fromEntries(
    scopes.map(({ name, baseline, implies }) => [name, { baseline, implies: implies.map(({ value }) => value) }]),
  )
}

/** Evaluated scopes with their defaults, without the descriptions, which decide nothing. */
function bare(scopes: unknown): unknown {
  if (typeof scopes !== 'object' || scopes === null) return scopes
  return Object.fromEntries(
    Object.entries(scopes as Record<string, { baseline?: unknown; implies?: unknown } | null>).map(([name, scope]) => [
      name,
      { baseline: scope?.baseline ?? false, implies: scope?.implies ?? [] },
    ]),
  )
}

/** An evaluated `auth` with the defaults that the runtime would assume. */
function withDefaults(auth: unknown): unknown {
  const isOidc = typeof auth === 'object' && auth !== null && 'kind' in auth && auth.kind === 'oidc'
  return isOidc ? { ...OIDC_DEFAULTS, ...auth } : auth
}

const OIDC_DEFAULTS = {
  typ: 'at+jwt',
  introspection: null,
  scopeClaim: null,
  scopes: null,
  audienceCompatibility: null,
  allowedClientIds: null,
  tenant: null,
  tokenExchange: null,
}
