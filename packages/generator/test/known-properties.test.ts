import type {
  Access,
  Downstream,
  defineResource,
  defineTool,
  EmbeddedAuth,
  OidcAuth,
  PromptSpec,
  ScopeDeclaration,
  ServerSpec,
} from '@mcp-secure/spec'
import { expect, it } from 'vitest'
import { KNOWN_PROPERTIES, type Part } from '../dist/analyse/known-properties.js'

type Named<T> = Readonly<Record<keyof T, true>>
/** Of a union every member's properties. */
type Each<T> = T extends unknown ? keyof T : never
type Item<T> = Named<T> & Readonly<Record<Each<Access>, true>>

/** This does not compile when the DSL gains or loses a property. */
const types = {
  server: {
    name: true,
    version: true,
    title: true,
    icons: true,
    instructions: true,
    resource: true,
    scopes: true,
    auth: true,
    clients: true,
    limits: true,
  } satisfies Named<ServerSpec>,
  scope: { description: true, baseline: true, implies: true } satisfies Named<ScopeDeclaration>,
  embedded: { issuer: true } satisfies Named<Omit<EmbeddedAuth, 'kind'>>,
  oidc: {
    issuer: true,
    tokens: true,
    typ: true,
    introspection: true,
    scopeClaim: true,
    audienceCompatibility: true,
    allowedClientIds: true,
    tenant: true,
    tokenExchange: true,
  } satisfies Named<Omit<OidcAuth, 'kind'>>,
  introspection: {
    clientId: true,
    clientSecret: true,
    apiKey: true,
    privateKey: true,
    keyId: true,
    endpoint: true,
    cacheSeconds: true,
  } satisfies Readonly<Record<Each<NonNullable<OidcAuth['introspection']>>, true>>,
  audienceCompatibility: { audiences: true, clientIds: true } satisfies Readonly<
    Record<Each<NonNullable<OidcAuth['audienceCompatibility']>>, true>
  >,
  tenant: { claim: true, values: true } satisfies Named<NonNullable<OidcAuth['tenant']>>,
  tokenExchange: {
    form: true,
    clientId: true,
    clientSecret: true,
    privateKey: true,
    keyId: true,
    certificateThumbprint: true,
    endpoint: true,
    cacheSeconds: true,
  } satisfies Readonly<Record<Each<NonNullable<OidcAuth['tokenExchange']>>, true>>,
  downstream: { audience: true, resource: true, scopes: true } satisfies Readonly<Record<Each<Downstream>, true>>,
  tool: {
    access: true,
    scopes: true,
    whenDenied: true,
    freshLogin: true,
    acr: true,
    authorize: true,
    downstream: true,
    description: true,
    title: true,
    icons: true,
    _meta: true,
    argumentScopes: true,
    annotations: true,
    input: true,
    output: true,
    uses: true,
    limits: true,
    audit: true,
    run: true,
  } satisfies Item<Parameters<typeof defineTool>[0]>,
  resource: {
    access: true,
    scopes: true,
    whenDenied: true,
    freshLogin: true,
    acr: true,
    authorize: true,
    downstream: true,
    description: true,
    title: true,
    icons: true,
    uri: true,
    mimeType: true,
    variables: true,
    list: true,
    complete: true,
    subscribe: true,
    read: true,
  } satisfies Item<Parameters<typeof defineResource>[0] & { readonly subscribe?: unknown }>,
  prompt: {
    access: true,
    scopes: true,
    whenDenied: true,
    freshLogin: true,
    acr: true,
    authorize: true,
    downstream: true,
    description: true,
    title: true,
    icons: true,
    arguments: true,
    complete: true,
    uses: true,
    run: true,
  } satisfies Item<PromptSpec>,
} satisfies Readonly<Record<Part, object>>

it.each(Object.entries(types))('%s has the properties that its type has', (part, properties) => {
  expect([...KNOWN_PROPERTIES[part as Part]].sort()).toEqual(Object.keys(properties).sort())
})
