import { expect, it } from 'vitest'
import type { Configuration } from '../../src/configuration/configuration.js'
import type { AccessPolicy } from '../../src/definition.js'
import { decideAccess } from '../../src/guard/decide-access.js'
import { Grant } from '../../src/guard/grant.js'
import { Grants } from '../../src/guard/grants.js'
import type { Guard } from '../../src/guard/guard.js'
import { hiddenItems } from '../../src/guard/hidden-items.js'
import { canBeHidden, isFor } from '../../src/guard/is-for.js'
import { policyOf } from '../../src/guard/policy-of.js'
import { type Refusal, Refused } from '../../src/guard/refusal.js'
import { scopeSetsOf } from '../../src/guard/scope-sets.js'
import type { Decided, Understood } from '../../src/guard/states.js'
import type { Item, ItemKind } from '../../src/mcp/catalogue.js'
import type { Message } from '../../src/mcp/message.js'
import type { PreparedResource } from '../../src/mcp/resource-catalogue.js'
import { grantedScopes } from '../../src/token/granted-scopes.js'
import type { Identity } from '../../src/token/identity.js'

const PUBLIC: AccessPolicy = { access: 'public' }
const AUTHENTICATED: AccessPolicy = { access: 'authenticated' }
const scopes = (...names: string[]): AccessPolicy => ({ access: 'scopes', scopes: names })

// The decision looks at what an item is called and of which kind it is, and never at what it does.
const item = (kind: ItemKind, name: string): Item => ({ kind, name, module: {} }) as unknown as Item
const resource = (name: string, list?: () => unknown): PreparedResource =>
  ({ kind: 'resource', name, module: list === undefined ? {} : { list } }) as unknown as PreparedResource
const tool = (name: string) => item('tool', name)
const about = (of: Item, method = 'tools/call'): Message => ({ method, id: 1, item: of })
const asking = (method: string | undefined): Message => ({ method, id: 1, item: undefined })

const caller = (...effective: string[]): Identity => ({
  subject: 'ann',
  clientId: 'client',
  issuer: 'https://auth.example.com',
  granted: effective.slice(0, 1),
  effective,
  claims: {} as Identity['claims'],
})

interface Policies {
  readonly tools?: Readonly<Record<string, AccessPolicy>>
  readonly resources?: Readonly<Record<string, AccessPolicy>>
  readonly prompts?: Readonly<Record<string, AccessPolicy>>
}

function guardOf({ tools = {}, resources = {}, prompts = {} }: Policies, all: readonly PreparedResource[] = []): Guard {
  const kinds = { tool: tools, resource: resources, prompt: prompts }
  const isOpen = (kind: ItemKind) => Object.values(kinds[kind]).some(({ access }) => access === 'public')
  return {
    configuration: {
      tools: new Map(Object.entries(tools)),
      resources: new Map(Object.entries(resources)),
      prompts: new Map(Object.entries(prompts)),
    },
    catalogue: { resources: { all }, hideable: [] },
    publicKinds: new Set((['tool', 'resource', 'prompt'] as const).filter(isOpen)),
  } as unknown as Guard
}

const RAW = { headers: {} }
const state = (identity: Identity | undefined, ...messages: Message[]): Understood =>
  ({ identity, messages, raw: RAW, method: 'POST' }) as unknown as Understood

function granted(outcome: Decided | Refused): Decided {
  expect(outcome).not.toBeInstanceOf(Refused)
  return outcome as Decided
}

function refusal(outcome: Decided | Refused): Refusal {
  expect(outcome).toBeInstanceOf(Refused)
  return (outcome as Refused).refusal
}

const EVERYTHING: Policies = {
  tools: { open: PUBLIC, member: AUTHENTICATED, read: scopes('r'), write: scopes('r', 'w'), nothing: scopes() },
  resources: { doc: scopes('r') },
  prompts: { hello: scopes('w') },
}

it.each([
  ['open', undefined, 'granted'],
  ['open', caller(), 'granted'],
  ['member', undefined, 'login-required'],
  ['member', caller(), 'granted'],
  ['read', undefined, 'login-required'],
  ['read', caller(), 'insufficient-scope'],
  ['read', caller('w'), 'insufficient-scope'],
  ['read', caller('r'), 'granted'],
  ['write', caller('r'), 'insufficient-scope'],
  ['write', caller('w'), 'insufficient-scope'],
  ['write', caller('w', 'r'), 'granted'],
  // A rule that names no scope is none: nobody gets in by it.
  ['nothing', undefined, 'login-required'],
  ['nothing', caller('r', 'w'), 'insufficient-scope'],
] as const)('a call of %s by %j is %s', async (name, identity, expected) => {
  const outcome = await decideAccess(state(identity, about(tool(name))), guardOf(EVERYTHING))
  if (expected !== 'granted') expect(refusal(outcome).reason).toBe(expected)
  else expect(granted(outcome)).toHaveProperty('grants')
})

const BY: Identity = { ...caller('r'), tenant: 'acme' }
it.each([
  [undefined, BY, true],
  [{}, BY, true],
  [{ clientIds: ['other', 'client'] }, BY, true],
  [{ clientIds: ['other'] }, BY, false],
  [{ clientIds: [] }, BY, false],
  [{ tenants: ['acme'] }, BY, true],
  [{ tenants: ['umbrella'] }, BY, false],
  [{ tenants: ['acme'] }, caller('r'), false],
  [{ issuers: ['https://auth.example.com'] }, BY, true],
  [{ issuers: ['https://auth.example.com/'] }, BY, false],
  // A setting that was never read is nobody's address.
  [{ issuers: [{ env: 'ISSUER' }] }, BY, false],
  [{ clientIds: ['client'], tenants: ['acme'], issuers: ['https://auth.example.com'] }, BY, true],
  [{ clientIds: ['client'], tenants: ['umbrella'], issuers: ['https://auth.example.com'] }, BY, false],
] as const)('what is only for %j is there for %j: %s', async (onlyFor, identity, expected) => {
  const policy: AccessPolicy = { ...scopes('r'), ...(onlyFor && { onlyFor }) }
  const it = tool('some')
  expect(isFor(policy, identity)).toBe(expected)
  expect(Grant.decide(it, policy, identity) instanceof Grant).toBe(expected)
  // Nobody in particular is of no list, and is asked to log in.
  expect(isFor(policy, undefined)).toBe(onlyFor === undefined)
  expect(Grant.decide(it, policy, undefined)).toEqual({ denied: 'login-required' })
  const guard = guardOf({ tools: { some: policy } })
  const hidden = hiddenItems({ ...guard, catalogue: { hideable: [it] } } as unknown as Guard, identity)
  expect([...hidden.values()].map(({ reason }) => reason)).toEqual(expected ? [] : ['not-for-caller'])
  // Should a message name it all the same, it gets no grant.
  expect(granted(await decideAccess(state(identity, about(it)), guard)).grants.of(it) instanceof Grant).toBe(expected)
  expect(canBeHidden(policy)).toBe(onlyFor !== undefined)
})

it('hides what is for others from whoever lacks the scopes, too, and tells whom it is for which they lack', () => {
  const it = tool('some')
  const open: AccessPolicy = { ...scopes('r'), onlyFor: { clientIds: ['client'] } }
  const hiddenBy = (policy: AccessPolicy, identity: Identity) => {
    const guard = { ...guardOf({ tools: { some: policy } }), catalogue: { hideable: [it] } } as unknown as Guard
    return [...hiddenItems(guard, identity).values()].map(({ reason, missing }) => ({ reason, missing }))
  }
  expect(hiddenBy(open, caller('w'))).toEqual([])
  expect(hiddenBy({ ...open, whenDenied: 'hide' }, caller('w'))).toEqual([{ reason: 'hidden', missing: ['r'] }])
  expect(hiddenBy({ ...open, whenDenied: 'hide' }, { ...caller('r'), clientId: 'other' })).toEqual([
    { reason: 'not-for-caller', missing: [] },
  ])
  expect(canBeHidden(scopes('r'))).toBe(false)
  expect(canBeHidden(undefined)).toBe(false)
})

it('grants the very item that was asked for, in the name of the caller, and nothing else', async () => {
  const [read, same] = [tool('read'), tool('read')]
  const ann = caller('r')
  const { grants, ...rest } = granted(await decideAccess(state(ann, about(read)), guardOf(EVERYTHING)))
  expect(grants.of(read)).toBeInstanceOf(Grant)
  expect(grants.of(read)?.item).toBe(read)
  expect(grants.of(read)?.caller).toBe(ann)
  expect(Object.isFrozen(grants.of(read))).toBe(true)
  expect(grants.of(same)).toBeUndefined()
  expect(rest).toEqual({ identity: ann, messages: [about(read)], raw: RAW, method: 'POST' })
})

it('a public item is granted to nobody in particular, even if a token was brought', async () => {
  const open = tool('open')
  const { grants } = granted(await decideAccess(state(caller('r'), about(open)), guardOf(EVERYTHING)))
  expect(grants.of(open)?.caller).toBeUndefined()
})

it('names everything that a batch lacks at once, each scope and each item once', async () => {
  const messages = [
    about(tool('read')),
    about(tool('open')),
    about(tool('write')),
    about(resource('doc'), 'resources/read'),
    about(item('prompt', 'hello'), 'prompts/get'),
  ]
  const outcome = await decideAccess(state(caller('x'), ...messages), guardOf(EVERYTHING))
  expect(refusal(outcome)).toEqual({
    reason: 'insufficient-scope',
    tools: ['read', 'write'],
    resources: ['doc'],
    prompts: ['hello'],
    needed: ['r', 'w'],
    missing: ['r', 'w'],
    held: ['x'],
  })
})

it('names only what is missing, beside all that is needed, and no kind of which nothing was refused', async () => {
  const outcome = await decideAccess(state(caller('r'), about(tool('write'))), guardOf(EVERYTHING))
  expect(refusal(outcome)).toEqual({
    reason: 'insufficient-scope',
    tools: ['write'],
    needed: ['r', 'w'],
    missing: ['w'],
    held: ['r'],
  })
})

it('one refused message of a batch refuses all of it', async () => {
  const guard = guardOf(EVERYTHING)
  for (const messages of [
    [about(tool('read')), about(tool('write'))],
    [about(tool('write')), about(tool('read'))],
  ]) {
    expect(refusal(await decideAccess(state(caller('r'), ...messages), guard)).reason).toBe('insufficient-scope')
  }
  for (const messages of [
    [about(tool('open')), about(tool('member'))],
    [about(tool('member')), about(tool('open'))],
  ]) {
    expect(refusal(await decideAccess(state(undefined, ...messages), guard))).toEqual({
      reason: 'login-required',
      tools: ['member'],
    })
  }
})

it.each([
  ['tool', { tools: { a: AUTHENTICATED } }, { tools: ['a'] }],
  ['resource', { resources: { a: AUTHENTICATED } }, { tools: [], resources: ['a'] }],
  ['prompt', { prompts: { a: AUTHENTICATED } }, { tools: [], prompts: ['a'] }],
] as const)('says of which %s a login is required', async (kind, policies, named) => {
  const outcome = await decideAccess(state(undefined, about(item(kind, 'a'))), guardOf(policies))
  expect(refusal(outcome)).toEqual({ reason: 'login-required', ...named })
})

it('each kind has names of its own: a public prompt opens no tool of that name', async () => {
  const guard = guardOf({ tools: { a: scopes('r') }, resources: { a: AUTHENTICATED }, prompts: { a: PUBLIC } })
  expect(refusal(await decideAccess(state(undefined, about(tool('a'))), guard)).reason).toBe('login-required')
  expect(refusal(await decideAccess(state(undefined, about(resource('a'))), guard)).reason).toBe('login-required')
  granted(await decideAccess(state(undefined, about(item('prompt', 'a'))), guard))
})

it('an item without a policy is granted to nobody', async () => {
  const lost = tool('lost')
  const guard = guardOf(EVERYTHING)
  expect(refusal(await decideAccess(state(undefined, about(lost)), guard)).reason).toBe('login-required')
  const { grants } = granted(await decideAccess(state(caller('r', 'w'), about(lost)), guard))
  expect(grants.of(lost)).toBeUndefined()
})

it('an item without a policy does not keep what follows it in a batch from being decided', async () => {
  const outcome = await decideAccess(state(caller('r'), about(tool('lost')), about(tool('write'))), guardOf(EVERYTHING))
  expect(refusal(outcome).reason).toBe('insufficient-scope')
})

it('with a token every method that is about nothing is let through, without a grant', async () => {
  for (const method of ['tools/list', 'ping', '(other)', undefined]) {
    const { grants } = granted(await decideAccess(state(caller(), asking(method)), guardOf(EVERYTHING)))
    expect(grants.of(tool('open'))).toBeUndefined()
  }
})

it('what asks for nothing does not keep what follows it in a batch from being decided', async () => {
  const outcome = await decideAccess(state(caller('r'), asking('ping'), about(tool('write'))), guardOf(EVERYTHING))
  expect(refusal(outcome).reason).toBe('insufficient-scope')
})

it.each(['initialize', 'notifications/initialized', 'ping', 'server/discover', 'tools/list'])(
  'without a token %s is open where a tool is public',
  async (method) =>
    void granted(await decideAccess(state(undefined, asking(method)), guardOf({ tools: { a: PUBLIC } }))),
)

it.each([
  undefined,
  '',
  '(other)',
  'completion/complete',
  'logging/setLevel',
  'subscriptions/listen',
  'notifications/cancelled',
  'resources/list',
  'resources/templates/list',
  'prompts/list',
])('without a token %j is refused, although a tool is public', async (method) => {
  const outcome = await decideAccess(state(undefined, asking(method)), guardOf({ tools: { a: PUBLIC } }))
  expect(refusal(outcome)).toEqual({ reason: 'login-required', tools: [] })
})

it.each([
  ['tools/list', 'tools'],
  ['resources/list', 'resources'],
  ['resources/templates/list', 'resources'],
  ['prompts/list', 'prompts'],
] as const)('without a token %s is open where one of its %s is public, and only there', async (method, kind) => {
  granted(await decideAccess(state(undefined, asking(method)), guardOf({ [kind]: { a: PUBLIC } })))
  for (const other of (['tools', 'resources', 'prompts'] as const).filter((name) => name !== kind)) {
    const outcome = await decideAccess(state(undefined, asking(method)), guardOf({ [other]: { a: PUBLIC } }))
    expect(refusal(outcome).reason).toBe('login-required')
  }
})

it('resources that say which there are say it to who may read them, and the others are left out', async () => {
  const list = () => []
  const all = [resource('open', list), resource('mine', list), resource('theirs', list), resource('fixed')]
  const lost = resource('lost', list)
  const policies = { resources: { open: PUBLIC, mine: scopes('r'), theirs: scopes('w'), fixed: PUBLIC } }
  const guard = guardOf(policies, [...all, lost])
  const listed = async (identity: Identity | undefined, method = 'resources/list') => {
    const { grants } = granted(await decideAccess(state(identity, asking(method)), guard))
    return [...all, lost].filter((one) => grants.of(one) !== undefined).map(({ name }) => name)
  }
  expect(await listed(caller('r'))).toEqual(['open', 'mine'])
  expect(await listed(undefined)).toEqual(['open'])
  expect(await listed(caller('r'), 'resources/templates/list')).toEqual([])
})

it('a read is granted with what its URI said, and no other URI with it', async () => {
  const doc = resource('doc')
  const match = { resource: doc, variables: { id: '1' } }
  const message: Message = { method: 'resources/read', id: 1, item: doc, reads: { uri: 's://1', match } }
  const { grants } = granted(await decideAccess(state(caller('r'), message), guardOf(EVERYTHING)))
  expect(grants.read('s://1')).toEqual({ grant: grants.of(doc), variables: { id: '1' } })
  expect(grants.read('s://2')).toBeUndefined()
})

it('a URI is not read without a grant for what it matched', () => {
  const match = { resource: resource('doc'), variables: {} }
  expect(new Grants([], new Map([['s://1', match]]), new Map(), new Map()).read('s://1')).toBeUndefined()
})

it('a policy is looked up by kind and name', () => {
  const { configuration } = guardOf(EVERYTHING)
  expect(policyOf(tool('read'), configuration)).toEqual(scopes('r'))
  expect(policyOf(resource('doc'), configuration)).toEqual(scopes('r'))
  expect(policyOf(item('prompt', 'hello'), configuration)).toEqual(scopes('w'))
  for (const other of [tool('doc'), resource('hello'), item('prompt', 'read')]) {
    expect(policyOf(other, configuration as Configuration)).toBeUndefined()
  }
})

it('the sets of scopes of a policy are all that can be asked for, each with what is needed besides', () => {
  expect(scopeSetsOf(scopes('r', 'w'))).toEqual([['r', 'w']])
  expect(scopeSetsOf({ access: 'any-of', anyOf: [['r'], ['w', 'x']] }, ['w'])).toEqual([
    ['r', 'w'],
    ['w', 'x'],
  ])
  expect(scopeSetsOf(scopes(), ['w'])).toEqual([[]])
  for (const rule of [PUBLIC, AUTHENTICATED]) expect(scopeSetsOf(rule)).toEqual([])
})

it.each([
  [{ scope: 'a b' }, ['a', 'b']],
  [{ scp: 'a b' }, ['a', 'b']],
  [{ scope: ['a', 'b c'] }, ['a', 'b c']],
  [{ scp: ['a'] }, ['a']],
  [{ scope: 'a', scp: ['b', 'a'] }, ['a', 'b']],
  [{ scope: ' a  b ' }, ['a', 'b']],
  [{ scope: '' }, []],
  [{ scope: 'a\tb' }, ['a\tb']],
  [{ scope: ['a', 1, null, ['b'], { c: 'd' }] }, ['a']],
  [{ scope: { a: true } }, []],
  [{ scope: 1, scp: true }, []],
  [{ scopes: 'a', roles: ['b'] }, []],
  [{}, []],
])('a token with %j grants %j', (claims, expected) => {
  expect([...grantedScopes(claims as Parameters<typeof grantedScopes>[0], undefined)]).toEqual(expected)
})

it('a decision without a grant says what is denied, and what of it is missing', () => {
  const read = tool('read')
  expect(Grant.decide(read, scopes('r'), undefined)).toEqual({ denied: 'login-required' })
  expect(Grant.decide(read, AUTHENTICATED, undefined)).toEqual({ denied: 'login-required' })
  expect(Grant.decide(read, scopes('r', 'w'), caller('w'))).toEqual({
    denied: 'insufficient-scope',
    needed: ['r', 'w'],
    missing: ['r'],
  })
})

it('only what is granted is a grant: a list that a caller may not have leaves nothing behind', async () => {
  const list = () => []
  const guard = guardOf({ resources: { theirs: scopes('w') } }, [resource('theirs', list)])
  const { grants } = granted(await decideAccess(state(caller('r'), asking('resources/list')), guard))
  // Whatever was put there in the place of a grant would be found under no item.
  expect(grants.of(undefined as unknown as Item)).toBeUndefined()
})

it('what a request without a token is refused for names no item when it asks for none', async () => {
  const outcome = await decideAccess(state(undefined, asking('tools/list')), guardOf({ tools: { a: AUTHENTICATED } }))
  expect(refusal(outcome)).toEqual({ reason: 'login-required', tools: [] })
})
