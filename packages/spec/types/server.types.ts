// What must and must not compile in `mcp/server.ts`. An unused expectation is an error of its own.
import { defineServer, embedded, env, oidc } from '@mcp-secure/spec'

const base = { name: 'notes', version: '1.0.0', resource: env('MCP_RESOURCE'), auth: embedded() }

defineServer({ ...base, scopes: { read: { description: 'Read' }, write: { description: 'Write', implies: ['read'] } } })

defineServer({
  ...base,
  // @ts-expect-error a scope implies only scopes that the server declares
  scopes: { read: { description: 'Read' }, write: { description: 'Write', implies: ['raed'] } },
})

defineServer({
  ...base,
  // @ts-expect-error a scope says in words what it allows, for the consent page
  scopes: { read: {} },
})

// @ts-expect-error a server without an authorization server cannot tell callers apart
defineServer({ name: 'notes', version: '1.0.0', resource: 'https://notes.example/mcp', scopes: {} })

oidc({
  issuer: 'https://issuer.example',
  tokens: 'opaque',
  // @ts-expect-error a secret is never written into a spec
  introspection: { clientId: 'notes', clientSecret: 'hunter2' },
})

const exchanging = { issuer: 'https://issuer.example', tokens: 'jwt' } as const
oidc({ ...exchanging, tokenExchange: { form: 'rfc8693', clientId: 'notes', clientSecret: { env: 'SECRET' } } })
oidc({
  ...exchanging,
  tokenExchange: { form: 'rfc8693', clientId: 'notes', privateKey: { env: 'KEY' }, keyId: 'k1', cacheSeconds: 60 },
})
oidc({
  ...exchanging,
  tokenExchange: { form: 'entra-obo', clientId: 'n', privateKey: { env: 'KEY' }, certificateThumbprint: 'abc' },
})

// @ts-expect-error Entra knows a key by its certificate
oidc({ ...exchanging, tokenExchange: { form: 'entra-obo', clientId: 'notes', privateKey: { env: 'KEY' } } })

// @ts-expect-error a secret is never written into a spec
oidc({ ...exchanging, tokenExchange: { form: 'rfc8693', clientId: 'notes', clientSecret: 'hunter2' } })

// @ts-expect-error a client shows who it is
oidc({ ...exchanging, tokenExchange: { form: 'rfc8693', clientId: 'notes' } })

// @ts-expect-error there is no token form besides these two
oidc({ issuer: 'https://issuer.example', tokens: 'any' })

defineServer({ ...base, scopes: {}, clients: ['claude', 'vscode'] })

// @ts-expect-error there is no such client
defineServer({ ...base, scopes: {}, clients: ['claud'] })

// @ts-expect-error a server without clients has nobody to keep limits for
defineServer({ ...base, scopes: {}, clients: [] })

const staff = env('STAFF_ISSUER')
defineServer({ ...base, scopes: {}, auth: [embedded(), oidc({ issuer: staff, tokens: 'jwt', scopes: ['read'] })] })

// @ts-expect-error a server without an authorization server cannot tell callers apart
defineServer({ ...base, scopes: {}, auth: [] })

// @ts-expect-error an issuer that can grant nothing is none
oidc({ issuer: staff, tokens: 'jwt', scopes: [] })

defineServer({ ...base, scopes: {}, denials: 'result' })

// @ts-expect-error a refusal has one of two forms
defineServer({ ...base, scopes: {}, denials: 'none' })
