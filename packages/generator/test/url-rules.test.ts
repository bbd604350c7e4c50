import { describe, expect, it } from 'vitest'
import type { AuthFacts, Facts, Located, SettingFact } from '../dist/analyse/facts.js'
import { hostIsAddress } from '../dist/check/host-is-address.js'
import { issuerUnsafe } from '../dist/check/issuer-unsafe.js'
import { resourceUnsafe } from '../dist/check/resource-unsafe.js'
import type { Rule } from '../dist/check/rule.js'
import { model } from '../dist/model/model.js'

const place = { file: 'mcp/server.ts', line: 1, column: 1, length: 1 }
const at = <T>(value: T): Located<T> => ({ value, place })
const literal = (value: string): SettingFact => ({ kind: 'literal', value })
const development = (value: string | null): SettingFact => ({ kind: 'env', name: 'URL', development: value })

/** What a rule says of a server with these settings, each message without its subject. */
function problems(
  rule: Rule,
  { resource, issuer, embedded }: { resource?: SettingFact; issuer?: SettingFact; embedded?: SettingFact },
): string[] {
  const oidc: AuthFacts = {
    kind: 'oidc',
    issuer: at(issuer ?? development(null)),
    tokens: 'jwt',
    typ: 'at+jwt',
    introspection: null,
    scopeClaim: null,
    scopes: null,
    audienceCompatibility: null,
    allowedClientIds: null,
    tenant: null,
    tokenExchange: null,
  }
  const auth: AuthFacts = embedded === undefined ? oidc : { kind: 'embedded', issuer: at(embedded) }
  const facts: Facts = {
    packages: [],
    services: null,
    tools: [],
    resources: [],
    prompts: [],
    server: {
      module: 'mcp/server.ts',
      place,
      name: at('notes'),
      version: at('1'),
      title: 'missing',
      icons: null,
      instructions: 'missing',
      resource: at(resource ?? development(null)),
      scopes: at([]),
      auth: at([at(auth)]),
      clients: 'missing',
      denials: 'missing',
      limits: [],
    },
  }
  return rule({ model: model(facts), existing: [] }).map(({ message }) => message.replace(/^\w+ '.*?' (?=[a-z])/, ''))
}

const ABSOLUTE = 'is not an absolute https URL'
const EVERYWHERE = 'is http in every environment, not only in development'
const HERE = 'is this machine alone, in every environment'
const NOT_LOOPBACK = 'is http and not a loopback address'

describe('a resource is the one string that clients send', () => {
  it.each([
    ['https://Notes.example.com/mcp', `is not written as clients send it: 'https://notes.example.com/mcp'`],
    ['https://notes.example.com:443/mcp', `is not written as clients send it: 'https://notes.example.com/mcp'`],
    ['https://notes.example.com/a/../mcp', `is not written as clients send it: 'https://notes.example.com/mcp'`],
    ['https://a:b@notes.example.com/mcp', 'contains a user name or a password'],
    ['https://notes.example.com/mcp#a', 'has a fragment'],
    ['https://notes.example.com/mcp#', 'has a fragment'],
    ['https://notes.example.com/mcp?a=1', 'has a query'],
    ['https://notes.example.com/mcp?', 'has a query'],
    ['https://notes.example.com', 'has no path'],
    ['https://notes.example.com/', 'has no path'],
    ['https://notes.example.com/mcp/', 'ends with a slash'],
    ['https://notes.example.com/m cp', 'contains a space or a backslash'],
    ['https://notes.example.com\\mcp', 'contains a space or a backslash'],
    [' https://notes.example.com/mcp', ABSOLUTE],
    ['/mcp', ABSOLUTE],
    ['', ABSOLUTE],
    ['https:notes.example.com/mcp', ABSOLUTE],
    ['ftp://notes.example.com/mcp', ABSOLUTE],
    ['javascript://notes.example.com/mcp', ABSOLUTE],
    ['http://notes.example.com/mcp', EVERYWHERE],
    ['http://localhost:3000/mcp', EVERYWHERE],
    ['https://localhost/mcp', HERE],
    ['https://127.0.0.1/mcp', HERE],
    ['https://notes.example.com./mcp', 'has a host that ends with a dot'],
  ])('%j is refused', (url, problem) => expect(problems(resourceUnsafe, { resource: literal(url) })).toEqual([problem]))

  it.each([
    ['', ABSOLUTE],
    ['http://0.0.0.0:3000/mcp', NOT_LOOPBACK],
    ['http://localhost.example.com/mcp', NOT_LOOPBACK],
    ['http://notes.internal/mcp', NOT_LOOPBACK],
    ['http://localhost:3000', 'has no path'],
  ])('%j is refused in development too', (url, problem) =>
    expect(problems(resourceUnsafe, { resource: development(url) })).toEqual([problem]),
  )

  it.each([
    development('http://localhost:3000/mcp'),
    development('http://127.0.0.1:3000/mcp'),
    development('http://[::1]:3000/mcp'),
    development('https://notes.example.com/mcp'),
    development(null),
    literal('https://notes.example.com/mcp'),
    literal('https://notes.example.com:8443/a/mcp'),
  ])('%j is fine', (resource) => expect(problems(resourceUnsafe, { resource })).toEqual([]))
})

describe('an issuer is what its metadata says', () => {
  it.each([
    ['https://user:secret@login.example.com', 'contains a user name or a password'],
    ['https://login.example.com#a', 'has a fragment'],
    ['https://login.example.com?tenant=1', 'has a query'],
    ['https://login.example.com/?', 'has a query'],
    ['javascript:alert(1)', ABSOLUTE],
    ['/login', ABSOLUTE],
    ['http://login.example.com', EVERYWHERE],
    ['http://localhost:4000', EVERYWHERE],
  ])('%j is refused', (url, problem) => expect(problems(issuerUnsafe, { issuer: literal(url) })).toEqual([problem]))

  it('an address inside a network is refused in development too', () => {
    expect(problems(issuerUnsafe, { issuer: development('http://login.internal:4000') })).toEqual([NOT_LOOPBACK])
  })

  it.each([
    development('http://localhost:4000'),
    literal('https://login.example.com'),
    literal('https://login.example.com/'),
    literal('https://login.example.com/realms/notes/'),
  ])('%j is fine', (issuer) => expect(problems(issuerUnsafe, { issuer })).toEqual([]))
})

describe('the issuer of the embedded server is one spelling of its URL', () => {
  it.each([
    ['https://login.example.com/', 'ends with a slash'],
    ['https://login.example.com/notes/', 'ends with a slash'],
    ['https://Login.example.com', `is not written as clients compare it: 'https://login.example.com'`],
    ['https://login.example.com:443', `is not written as clients compare it: 'https://login.example.com'`],
    ['https://login.example.com./notes', 'has a host that ends with a dot'],
  ])('%j is refused', (url, problem) => {
    expect(problems(issuerUnsafe, { embedded: literal(url) })).toEqual([problem])
  })

  it.each(['https://login.example.com', 'https://login.example.com/notes', 'https://login.example.com:8443'])(
    '%j is fine',
    (url) => expect(problems(issuerUnsafe, { embedded: literal(url) })).toEqual([]),
  )
})

describe('a host that is an address', () => {
  it.each(['https://192.0.2.7/mcp', 'https://[2001:db8::1]/mcp', 'https://10.0.0.1:8443/mcp'])(
    '%j is found as an issuer and as a resource',
    (url) => {
      expect(problems(hostIsAddress, { resource: literal(url) })).toHaveLength(1)
      expect(problems(hostIsAddress, { issuer: literal(url) })).toHaveLength(1)
    },
  )

  it.each(['http://127.0.0.1:3000/mcp', 'http://[::1]:3000/mcp', 'https://notes.example.com/mcp'])(
    '%j is fine in development',
    (url) => expect(problems(hostIsAddress, { resource: development(url) })).toEqual([]),
  )
})
