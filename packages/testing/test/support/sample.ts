import type { AccessPolicy, IssuerPolicy, ServerDefinition, TokenRule } from '@mcp-secure/runtime'
import type { AccessMatrixOptions, ExpectedItem } from '../../src/access-matrix/expected-access.js'

export const JWT: TokenRule = { form: 'jwt', typ: 'at+jwt' }
export const OPAQUE: TokenRule = {
  form: 'opaque',
  introspection: { clientId: 'resource-server', clientSecret: { env: 'SECRET' } },
}

const scopes = {
  'notes:read': { description: 'Read notes', baseline: true, implies: [] },
  'notes:export': { description: 'Export notes', baseline: false, implies: [] },
  'notes:write': { description: 'Write notes', baseline: false, implies: ['notes:read'] },
}

const tools: Record<string, AccessPolicy> = {
  whoami: { access: 'authenticated' },
  read_notes: { access: 'scopes', scopes: ['notes:read'] },
  write_note: { access: 'scopes', scopes: ['notes:write'] },
  export_notes: { access: 'scopes', scopes: ['notes:read', 'notes:export'] },
}

/** Resources and prompts as well: with a template that completes and lists, and one URI that does neither. */
export function sampleWithEverything(
  tokens: TokenRule,
  whenDenied?: 'hide',
): Omit<AccessMatrixOptions, 'serverFactory'> {
  const { definition, expected } = sample(tokens)
  const read = { access: 'scopes', scopes: ['notes:read'], ...(whenDenied && { whenDenied }) } as const
  const resources = {
    note: { uri: 'notes://note/{id}', ...read, subscribe: true },
    handbook: { uri: 'notes://handbook', access: 'authenticated', subscribe: true },
    archive: { uri: 'archive:///{+path}', access: 'scopes', scopes: ['notes:write'] },
  } as const
  const prompts = { summarise: read, tidy: { access: 'scopes', scopes: ['notes:write'] } } as const
  return {
    definition: {
      ...definition,
      policy: { ...definition.policy, resources, prompts },
      resourceDescriptions: mapped<unknown, { description: string }>(resources, (name) => ({ description: name })),
      resources: {
        note: {
          variables: { id: REFUSES_ALL },
          complete: { id: () => never('complete') },
          list: () => never('list'),
          subscribe: () => never('subscribe'),
          read: () => never('note'),
        },
        handbook: { subscribe: true, read: () => never('handbook') },
        archive: { variables: { path: REFUSES_ALL }, read: () => never('archive') },
      },
      promptDescriptions: {
        summarise: { description: 'Summarises', arguments: [{ name: 'topic', required: true }] },
        tidy: { description: 'Tidies', arguments: [] },
      },
      prompts: {
        summarise: {
          arguments: REFUSES_ALL,
          complete: { topic: () => never('complete') },
          run: () => never('summarise'),
        },
        tidy: { run: () => never('tidy') },
      },
    },
    expected: {
      ...expected,
      items: [
        ...expected.items,
        { kind: 'resource', name: 'note', ...resources.note, completes: ['id'], lists: true },
        { kind: 'resource', name: 'handbook', ...resources.handbook, completes: [], lists: false },
        { kind: 'resource', name: 'archive', ...resources.archive, completes: [], lists: false },
        { kind: 'prompt', name: 'summarise', ...prompts.summarise, completes: ['topic'] },
        { kind: 'prompt', name: 'tidy', ...prompts.tidy, completes: [] },
      ],
    },
  }
}

/** The same, where what changes in two resources can be subscribed to, and one of them is open to everybody if that is asked for. */
export function sampleWithSubscriptions(
  tokens: TokenRule,
  handbook: 'authenticated' | 'public' = 'authenticated',
): Omit<AccessMatrixOptions, 'serverFactory'> {
  const { definition, expected } = sampleWithEverything(tokens)
  const { resources: modules = {}, policy } = definition
  const { note, handbook: book, archive } = policy.resources ?? {}
  if (!note || !book || !archive || !modules.note || !modules.handbook) throw new Error('The sample has changed.')
  const resources = {
    note: { ...note, subscribe: true as const },
    handbook: { uri: book.uri, access: handbook, subscribe: true as const },
    archive,
  }
  return {
    definition: {
      ...definition,
      policy: { ...policy, resources },
      resources: {
        ...modules,
        note: { ...modules.note, subscribe: () => never('subscribe') },
        handbook: { ...modules.handbook, subscribe: true },
      },
    },
    expected: {
      ...expected,
      items: expected.items.map((item) =>
        item.kind === 'resource' && item.name === 'handbook' ? { ...item, access: handbook } : item,
      ),
    },
  }
}

/** The project's own schemas are not asked. */
const REFUSES_ALL = {
  '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'never' }] }) },
} as const

/** A server as `mcp-gen build` would write it, and what its generated test expects of it. */
export function sample(
  tokens: TokenRule,
  more: Record<string, AccessPolicy> = {},
): Omit<AccessMatrixOptions, 'serverFactory'> {
  const resource = { env: 'MCP_RESOURCE', development: 'http://localhost:3000/mcp' }
  const issuers = [{ issuer: 'https://auth.example.com', tokens }]
  const items = { ...tools, ...more }
  return {
    definition: {
      policy: { server: { name: 'notes', version: '1.0.0' }, resource, issuers, scopes, tools: items },
      schemas: mapped(items, (name) => ({ description: name, input: ANY_OBJECT, output: null })),
      tools: mapped(items, (name, { argumentScopes, authorize }) => ({
        run: () => never(name),
        ...(argumentScopes && { argumentScopes: { pick: () => never(name) } }),
        ...(authorize && { authorize: () => never(name) }),
      })),
    },
    expected: {
      server: 'notes',
      resource,
      issuers,
      scopes: mapped(scopes, (_, { baseline, implies }) => ({ baseline, implies })),
      items: Object.entries(items).map(([name, access]): ExpectedItem => ({ kind: 'tool', name, ...access })),
    },
  }
}

/** The same server with other issuers. */
export function withIssuers(
  { definition, expected }: Omit<AccessMatrixOptions, 'serverFactory'>,
  issuers: readonly IssuerPolicy[],
): Omit<AccessMatrixOptions, 'serverFactory'> {
  return {
    definition: { ...definition, policy: { ...definition.policy, issuers } },
    expected: { ...expected, issuers },
  }
}

/** The same server with another policy than its test expects. */
export function withPolicy(
  options: Omit<AccessMatrixOptions, 'serverFactory'>,
  change: (policy: ServerDefinition['policy']) => Partial<ServerDefinition['policy']>,
): Omit<AccessMatrixOptions, 'serverFactory'> {
  const { definition, expected } = options
  return { expected, definition: { ...definition, policy: { ...definition.policy, ...change(definition.policy) } } }
}

const ANY_OBJECT = { schema: { type: 'object' }, wrapped: null } as const

function never(name: string): never {
  throw new Error(`the project's own handler of ${name} was called`)
}

function mapped<T, R>(record: Readonly<Record<string, T>>, map: (key: string, value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]))
}
