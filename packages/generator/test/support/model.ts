import type {
  AccessFact,
  AuthFacts,
  ConditionsFact,
  DownstreamFact,
  ItemFacts,
  JsonSchema,
  LimitsFact,
  Located,
  OnlyForFacts,
  SettingFact,
  UsesFact,
} from '../../dist/analyse/facts.js'
import { model } from '../../dist/model/model.js'
import type { ServerModel } from '../../dist/model/server-model.js'

/** Scopes that are needed, or sets of which one is enough, or who else may use it. */
export type Needs = readonly string[] | { readonly anyOf: readonly (readonly string[])[] } | 'authenticated' | 'public'

/** What is asked for besides. */
export interface SketchedConditions {
  readonly whenDenied?: 'challenge' | 'hide'
  readonly freshLogin?: number
  readonly acr?: readonly string[]
  readonly argumentScopes?: readonly string[]
  readonly authorize?: true
  /** Scopes by service; what reads like an address is a resource. */
  readonly downstream?: Readonly<Record<string, readonly string[]>>
  readonly onlyFor?: SketchedCallers
}

export interface SketchedCallers {
  readonly clientIds?: readonly string[]
  readonly tenants?: readonly string[]
  readonly issuers?: readonly SettingFact[]
}

export interface SketchedItem extends SketchedConditions {
  readonly needs: Needs
}

/** A server in as few words as its access needs. */
export interface Sketch {
  readonly audience?: SettingFact
  readonly auth?: AuthFacts | readonly AuthFacts[]
  readonly limits?: Readonly<Record<string, number>>
  readonly scopes?: Readonly<Record<string, { readonly baseline?: boolean; readonly implies?: readonly string[] }>>
  readonly tools?: Readonly<Record<string, Needs | SketchedTool>>
  /** By URI. */
  readonly resources?: Readonly<Record<string, Needs | SketchedResource>>
  readonly prompts?: Readonly<Record<string, Needs | SketchedPrompt>>
}

export interface SketchedResource extends SketchedItem {
  readonly subscribe?: 'all' | 'by-rule'
}

export interface SketchedPrompt extends SketchedItem {
  readonly uses?: readonly string[]
}

export interface SketchedTool extends SketchedItem {
  readonly limits?: Readonly<Record<string, number>>
  readonly uses?: readonly string[]
  readonly annotations?: Readonly<Record<string, boolean>>
  readonly input?: JsonSchema
  readonly output?: JsonSchema
}

export const env = (name: string, development: string | null = null): SettingFact => ({
  kind: 'env',
  name,
  development,
})

export const oidc = (issuer: SettingFact, more: Partial<Extract<AuthFacts, { kind: 'oidc' }>> = {}): AuthFacts => ({
  kind: 'oidc',
  issuer: at('mcp/server.ts', issuer),
  tokens: 'jwt',
  typ: 'at+jwt',
  introspection: null,
  scopeClaim: null,
  scopes: null,
  audienceCompatibility: null,
  allowedClientIds: null,
  tenant: null,
  tokenExchange: null,
  ...more,
})

/** The model of a sketch, as if it had been read from files. */
export function sketch({
  audience,
  auth,
  limits,
  scopes = {},
  tools = {},
  resources = {},
  prompts = {},
}: Sketch): ServerModel {
  const server = 'mcp/server.ts'
  return model({
    services: null,
    packages: [],
    server: {
      module: server,
      place: at(server, 0).place,
      name: at(server, 'sketch'),
      version: at(server, '1.0.0'),
      title: 'missing',
      icons: null,
      instructions: 'missing',
      clients: 'missing',
      denials: 'missing',
      limits: limitsOf(server, limits),
      resource: at(server, audience ?? env('MCP_RESOURCE', 'http://localhost:3000/mcp')),
      scopes: at(
        server,
        Object.entries(scopes).map(([name, { baseline = false, implies = [] }]) => ({
          name,
          place: at(server, 0).place,
          description: at(server, 'A scope'),
          baseline,
          implies: implies.map((other) => at(server, other)),
        })),
      ),
      auth: at(
        server,
        [auth ?? oidc(env('ISSUER', 'http://localhost:4000'))].flat().map((issuer) => at(server, issuer)),
      ),
    },
    tools: Object.entries(tools).map(([name, said]) => {
      const tool: SketchedTool = inFull(said)
      const { annotations, input, output } = tool
      const module = `mcp/tools/${name}.ts`
      return {
        ...item(module, tool),
        uses: usesOf(module, tool.uses),
        metadata: null,
        annotations: annotations === undefined ? null : at(module, annotations),
        limits: limitsOf(module, tool.limits),
        auditsArguments: false,
        input: input === undefined ? null : { ...at(module, 0), schema: input, isRaw: false },
        output: output === undefined ? null : { ...at(module, 0), schema: output, isRaw: false },
      }
    }),
    resources: Object.entries(resources).map(([uri, said]) => {
      const module = `mcp/resources/${uri.replace(/\W+/g, '-')}.ts`
      const names = [...uri.matchAll(/\{\+?(\w+)\}/g)].map(([, name = '']) => name)
      const resource: SketchedResource = inFull(said)
      const { subscribe } = resource
      return {
        ...item(module, resource),
        uri: at(module, uri),
        mimeType: 'missing' as const,
        variables: names.map((name) => ({
          name,
          place: at(module, 0).place,
          schema: { type: 'string' },
          isRaw: false,
        })),
        list: null,
        subscribe: subscribe === undefined ? null : { ...at(module, 0), asks: subscribe === 'by-rule' },
        completes: [],
      }
    }),
    prompts: Object.entries(prompts).map(([name, said]) => {
      const module = `mcp/prompts/${name}.ts`
      const prompt: SketchedPrompt = inFull(said)
      return { ...item(module, prompt), uses: usesOf(module, prompt.uses), arguments: null, completes: [] }
    }),
  })
}

function usesOf(module: string, uses: readonly string[] | undefined): UsesFact | null {
  return uses === undefined ? null : { ...at(module, 0), names: uses.map((use) => at(module, use)), whole: true }
}

function limitsOf(module: string, limits: Readonly<Record<string, number>> = {}): LimitsFact {
  return Object.entries(limits).map(([name, value]) => ({ name, ...at(module, value) }))
}

function at<T>(file: string, value: T): Located<T> {
  return { value, place: { file, line: 1, column: 1, length: 1 } }
}

/** The item, of which the needs alone may be said. */
export function inFull<Said extends SketchedItem>(said: Needs | Said): SketchedItem | Said {
  return typeof said === 'object' && 'needs' in said ? said : { needs: said }
}

function item(module: string, { needs, downstream, ...conditions }: SketchedItem): ItemFacts {
  const { place } = at(module, 0)
  return {
    module,
    place,
    access: access(module, needs),
    conditions: conditionsOf(module, conditions),
    downstream: downstream === undefined ? null : at(module, Object.entries(downstream).map(serviceIn(module))),
    description: at(module, 'Something'),
    title: 'missing',
    icons: null,
    hasHandler: true,
  }
}

const serviceIn =
  (module: string) =>
  ([name, scopes]: readonly [string, readonly string[]]): DownstreamFact => ({
    place: at(module, 0).place,
    kind: name.includes('://') ? 'resource' : 'audience',
    name: at(module, name),
    scopes: scopes.map((scope) => at(module, scope)),
  })

function access(module: string, needs: Needs): AccessFact {
  const { place } = at(module, 0)
  const located = (names: readonly string[]) => names.map((scope) => at(module, scope))
  if (typeof needs === 'string') return { kind: needs, scopes: [], sets: [], place }
  if (!('anyOf' in needs)) return { kind: 'scopes', scopes: located(needs), sets: [], place }
  return {
    kind: 'any-of',
    scopes: located(needs.anyOf.flat()),
    sets: needs.anyOf.map((set) => at(module, located(set))),
    place,
  }
}

function conditionsOf(module: string, conditions: SketchedConditions): ConditionsFact {
  const { whenDenied, onlyFor, freshLogin, acr, argumentScopes, authorize } = conditions
  return {
    whenDenied: whenDenied === undefined ? null : at(module, whenDenied),
    onlyFor: onlyFor === undefined ? null : at(module, callersOf(module, onlyFor)),
    freshLogin: freshLogin === undefined ? null : at(module, { maxAgeSeconds: freshLogin }),
    acr: acr === undefined ? null : at(module, acr),
    argumentScopes:
      argumentScopes === undefined
        ? null
        : at(
            module,
            argumentScopes.map((scope) => at(module, scope)),
          ),
    authorize: authorize === undefined ? null : at(module, 0).place,
  }
}

function callersOf(module: string, { clientIds, tenants, issuers }: SketchedCallers): OnlyForFacts {
  return {
    clientIds: clientIds?.map((id) => at(module, id)) ?? null,
    tenants: tenants?.map((tenant) => at(module, tenant)) ?? null,
    issuers: issuers?.map((issuer) => at(module, issuer)) ?? null,
  }
}
