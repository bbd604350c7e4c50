import { describe, expect, it } from 'vitest'
import { review } from '../../dist/lock/review.js'
import { staleFindings } from '../../dist/lock/stale.js'
import { env, oidc, type Sketch, type SketchedCallers, type SketchedTool, sketch } from '../support/model.js'
import { put, temporaryProject } from '../support/project.js'

const BASE = {
  scopes: {
    a: { baseline: true },
    b: { implies: ['a'] },
    c: {},
    d: { baseline: true },
    e: {},
  },
  tools: {
    both: ['b', 'c'],
    any: 'authenticated',
    open: 'public',
    pair: ['a', 'b'],
    reads: { needs: ['a'], annotations: { readOnlyHint: true, openWorldHint: false } },
    writes: { needs: ['b'], annotations: { destructiveHint: true } },
    adds: { needs: ['b'], annotations: { destructiveHint: false, idempotentHint: true } },
    either: { anyOf: [['b', 'c'], ['e']] },
    recent: { needs: ['b'], freshLogin: 300, acr: ['silver', 'gold'] },
    argued: { needs: ['a'], argumentScopes: ['c', 'e'] },
    owned: { needs: ['b'], authorize: true },
    unseen: { needs: ['c'], whenDenied: 'hide' },
    calls: { needs: ['b'], downstream: { files: ['f:read', 'f:list'] } },
    some: { needs: ['b'], onlyFor: { clientIds: ['web', 'cli'], tenants: ['one'], issuers: [env('ISSUER')] } },
    often: { needs: ['b'], limits: { perMinute: 10, seconds: 30 }, uses: ['progress'] },
  },
  resources: {
    'x://note/{id}': ['b'],
    'x://secret': ['c'],
    'x://all': 'authenticated',
    'y://mine': { needs: ['b'], authorize: true, freshLogin: 60 },
    'z://told': { needs: ['b'], subscribe: 'by-rule' },
  },
  limits: { perSubject: 100, perTool: 50 },
  prompts: { ask: ['b'], any: 'authenticated', strong: { needs: 'authenticated', acr: ['gold'] } },
} as const satisfies Sketch

const scopes = (more: Sketch['scopes']): Sketch => ({ ...BASE, scopes: { ...BASE.scopes, ...more } })
const tools = (more: Sketch['tools']): Sketch => ({ ...BASE, tools: { ...BASE.tools, ...more } })
const prompts = (more: Sketch['prompts']): Sketch => ({ ...BASE, prompts: { ...BASE.prompts, ...more } })
const resources = (more: Sketch['resources']): Sketch => ({ ...BASE, resources: { ...BASE.resources, ...more } })
const without = <Part extends object>(part: Part, name: keyof Part) => {
  const { [name]: _gone, ...rest } = part
  return rest
}
const some = (onlyFor: SketchedCallers): Sketch => tools({ some: { needs: ['b'], onlyFor } })
const FOR_SOME = BASE.tools.some.onlyFor
const often = (more: Partial<SketchedTool>): Sketch => tools({ often: { ...BASE.tools.often, ...more } })
const limits = (more: Sketch['limits']): Sketch => ({ ...BASE, limits: { ...BASE.limits, ...more } })
const hints = (name: 'reads' | 'writes' | 'adds', annotations: Readonly<Record<string, boolean>>) =>
  tools({ [name]: { needs: BASE.tools[name].needs, annotations } })

/** What a case is, after its name; `before` is the base if it is left out. */
const texts = (...values: string[]) =>
  values.map((value) => ({ value, place: { file: 'mcp/server.ts', line: 1, column: 1, length: 1 } }))
const listed = (kind: 'audiences' | 'clientIds', ...values: string[]) => ({
  value: { kind, entries: texts(...values) },
  place: { file: 'mcp/server.ts', line: 1, column: 1, length: 1 },
})
const place = { file: 'mcp/server.ts', line: 1, column: 1, length: 1 }
const exchange = (form: 'rfc8693' | 'entra-obo') => ({
  value: {
    form,
    clientId: { value: env('CLIENT'), place },
    proof: 'clientSecret' as const,
    secret: { value: env('SECRET'), place },
    keyId: null,
    certificateThumbprint: null,
    endpoint: null,
    cacheSeconds: null,
  },
  place,
})
/** The sketch with rules for the tokens of its issuer. */
const withRules = (rules: Parameters<typeof oidc>[1]): Sketch => ({
  ...BASE,
  auth: oidc(env('ISSUER', 'http://localhost:4000'), rules),
})

type Looser = readonly [name: string, after: Sketch, about: string, before?: Sketch]
type NotLooser = readonly [name: string, effect: string, after: Sketch, before?: Sketch]

const LOOSER: readonly Looser[] = [
  ['a scope less is needed', tools({ both: ['b'] }), `tool 'both'`],
  ['another scope is needed instead', tools({ both: ['b', 'e'] }), `tool 'both'`],
  ['a scope is needed that the old one implies', tools({ writes: ['a'] }), `tool 'writes'`],
  ['every caller may use a tool, instead of those with scopes', tools({ both: 'authenticated' }), `tool 'both'`],
  ['everybody may use a tool, instead of those with scopes', tools({ both: 'public' }), `tool 'both'`],
  ['everybody may use a tool, instead of every caller', tools({ any: 'public' }), `tool 'any'`],
  ['there is one more set of scopes', tools({ either: { anyOf: [['b', 'c'], ['e'], ['d']] } }), `tool 'either'`],
  ['a set has a scope less', tools({ either: { anyOf: [['b'], ['e']] } }), `tool 'either'`],
  ['a set is another one', tools({ either: { anyOf: [['b', 'c'], ['d']] } }), `tool 'either'`],
  ['a set is there that implies no other one', tools({ either: { anyOf: [['a', 'c'], ['e']] } }), `tool 'either'`],
  ['one of two scopes is enough', tools({ both: { anyOf: [['b'], ['c']] } }), `tool 'both'`],
  ['a set beside the scopes is enough', tools({ both: { anyOf: [['b', 'c'], ['d']] } }), `tool 'both'`],
  ['every caller may use a tool, instead of those with a set', tools({ either: 'authenticated' }), `tool 'either'`],
  ['everybody may use a tool, instead of those with a set', tools({ either: 'public' }), `tool 'either'`],
  ['a login may be older', tools({ recent: { ...BASE.tools.recent, freshLogin: 301 } }), `tool 'recent'`],
  ['a login may be of any age', tools({ recent: { needs: ['b'], acr: ['silver', 'gold'] } }), `tool 'recent'`],
  [
    'a login may be of one more level',
    prompts({ strong: { ...BASE.prompts.strong, acr: ['gold', 'tin'] } }),
    `prompt 'strong'`,
  ],
  [
    'a login may be of another level',
    prompts({ strong: { ...BASE.prompts.strong, acr: ['silver'] } }),
    `prompt 'strong'`,
  ],
  ['a login may be of any level', prompts({ strong: 'authenticated' }), `prompt 'strong'`],
  ['arguments ask for a scope less', tools({ argued: { needs: ['a'], argumentScopes: ['c'] } }), `tool 'argued'`],
  ['arguments ask for another scope', tools({ argued: { needs: ['a'], argumentScopes: ['c', 'd'] } }), `tool 'argued'`],
  ['arguments ask for no scope', tools({ argued: ['a'] }), `tool 'argued'`],
  ['there is no rule about the object', tools({ owned: ['b'] }), `tool 'owned'`],
  [
    'there is no rule about what a resource is',
    resources({ 'y://mine': { needs: ['b'], freshLogin: 60 } }),
    `resource 'y://mine'`,
  ],
  [
    'a rule about the object instead of a fresh login',
    resources({ 'y://mine': { needs: ['b'], authorize: true } }),
    `resource 'y://mine'`,
  ],
  [
    'a new template takes the URI of a resource that had a rule about the object',
    {
      ...BASE,
      resources: { ...without(BASE.resources, 'y://mine'), 'y://{+rest}': { needs: ['b'], freshLogin: 60 } },
    },
    `resource 'y://{+rest}'`,
  ],
  ['more is hidden and less is needed', tools({ unseen: { needs: ['e'], whenDenied: 'hide' } }), `tool 'unseen'`],
  [
    'a tool gets one more scope at another service',
    tools({ calls: { needs: ['b'], downstream: { files: ['f:read', 'f:list', 'f:write'] } } }),
    `tool 'calls'`,
  ],
  [
    'a tool gets another scope at another service',
    tools({ calls: { needs: ['b'], downstream: { files: ['f:write'] } } }),
    `tool 'calls'`,
  ],
  [
    'a tool calls one more service',
    tools({ calls: { needs: ['b'], downstream: { files: ['f:read', 'f:list'], mail: ['m'] } } }),
    `tool 'calls'`,
  ],
  ['a tool calls a service', tools({ both: { needs: ['b', 'c'], downstream: { mail: ['m'] } } }), `tool 'both'`],
  ['a new tool calls a service', tools({ new: { needs: ['e'], downstream: { mail: ['m'] } } }), `tool 'new'`],
  ['a prompt calls a service', prompts({ ask: { needs: ['b'], downstream: { mail: ['m'] } } }), `prompt 'ask'`],
  [
    'a resource calls a service by its address',
    resources({ 'x://secret': { needs: ['c'], downstream: { 'https://a.example': ['m'] } } }),
    `resource 'x://secret'`,
  ],
  ['tokens are exchanged', withRules({ tokenExchange: exchange('rfc8693') }), `issuer 'ISSUER'`],
  [
    'tokens are exchanged in another way',
    withRules({ tokenExchange: exchange('entra-obo') }),
    `issuer 'ISSUER'`,
    withRules({ tokenExchange: exchange('rfc8693') }),
  ],
  ['a new tool is public', tools({ new: 'public' }), `tool 'new'`],
  ['a prompt needs less', prompts({ ask: ['a'] }), `prompt 'ask'`],
  ['every caller may get a prompt', prompts({ ask: 'authenticated' }), `prompt 'ask'`],
  ['everybody may get a prompt', prompts({ any: 'public' }), `prompt 'any'`],
  ['a new prompt is public', prompts({ new: 'public' }), `prompt 'new'`],
  ['a resource needs another scope', resources({ 'x://note/{id}': ['e'] }), `resource 'x://note/{id}'`],
  ['every caller may read a resource', resources({ 'x://secret': 'authenticated' }), `resource 'x://secret'`],
  ['everybody may read a resource', resources({ 'x://all': 'public' }), `resource 'x://all'`],
  ['a new resource is public', resources({ 'x://new': 'public' }), `resource 'x://new'`],
  [
    'a new template takes the URI of a resource that needed more',
    { ...BASE, resources: { ...without(BASE.resources, 'x://secret'), 'x://{rest}': ['a'] } },
    `resource 'x://{rest}'`,
  ],
  [
    'a template has a variable for several parts',
    { ...BASE, resources: { ...without(BASE.resources, 'x://note/{id}'), 'x://note/{+id}': ['a'] } },
    `resource 'x://note/{+id}'`,
  ],
  ['a scope is implied by one more', scopes({ c: { implies: ['e'] } }), `scope 'c'`],
  ['a scope is implied through another', scopes({ e: { implies: ['b'] } }), `scope 'e'`],
  ['a new scope implies an old one', scopes({ f: { implies: ['c'] } }), `scope 'f'`],
  ['a scope is made baseline', scopes({ c: { baseline: true } }), `scope 'c'`],
  ['readOnlyHint flips to true', hints('writes', { readOnlyHint: true }), `tool 'writes'`],
  ['readOnlyHint flips to false', hints('reads', { readOnlyHint: false, openWorldHint: false }), `tool 'reads'`],
  ['readOnlyHint is silent, which was true', hints('reads', { openWorldHint: false }), `tool 'reads'`],
  ['destructiveHint flips to false', hints('writes', { destructiveHint: false }), `tool 'writes'`],
  ['destructiveHint flips to true', hints('adds', { destructiveHint: true, idempotentHint: true }), `tool 'adds'`],
  ['destructiveHint is silent, which was false', hints('adds', { idempotentHint: true }), `tool 'adds'`],
  ['idempotentHint flips to true', hints('writes', { idempotentHint: true }), `tool 'writes'`],
  ['idempotentHint flips to false', hints('adds', { destructiveHint: false }), `tool 'adds'`],
  ['openWorldHint flips to false', hints('writes', { openWorldHint: false }), `tool 'writes'`],
  ['openWorldHint flips to true', hints('reads', { readOnlyHint: true, openWorldHint: true }), `tool 'reads'`],
  ['it is for one more client', some({ ...FOR_SOME, clientIds: ['web', 'cli', 'bot'] }), `tool 'some'`],
  ['it is for another client instead', some({ ...FOR_SOME, clientIds: ['bot'] }), `tool 'some'`],
  ['it is for every client', some(without(FOR_SOME, 'clientIds')), `tool 'some'`],
  ['it is for one more tenant', some({ ...FOR_SOME, tenants: ['one', 'two'] }), `tool 'some'`],
  ['it is for every tenant', some(without(FOR_SOME, 'tenants')), `tool 'some'`],
  ['it is for one more issuer', some({ ...FOR_SOME, issuers: [env('ISSUER'), env('OTHER')] }), `tool 'some'`],
  ['it is for every issuer', some(without(FOR_SOME, 'issuers')), `tool 'some'`],
  [
    'it is for one client less and for every tenant',
    some({ clientIds: ['web'], issuers: [env('ISSUER')] }),
    `tool 'some'`,
  ],
  ['it is for everybody with the scopes', tools({ some: ['b'] }), `tool 'some'`],
  ['a limit of the server is higher', limits({ perSubject: 101 }), `limit 'perSubject'`],
  ['a limit of the server is its default, which is higher', { ...BASE, limits: { perTool: 50 } }, `limit 'perSubject'`],
  ['a limit of the server is higher than its default', limits({ perClient: 60_001 }), `limit 'perClient'`],
  ['a limit of the server that has no default is gone', { ...BASE, limits: { perSubject: 100 } }, `limit 'perTool'`],
  ['a tool may be called more often', often({ limits: { perMinute: 11, seconds: 30 } }), `tool 'often'`],
  ['a tool may be called as often as any', often({ limits: { seconds: 30 } }), `tool 'often'`],
  ['a tool may take longer', often({ limits: { perMinute: 10, seconds: 31 } }), `tool 'often'`],
  ['a tool may take as long as any', often({ limits: { perMinute: 10 } }), `tool 'often'`],
  [
    'a resource can be subscribed to',
    resources({ 'x://secret': { needs: ['c'], subscribe: 'by-rule' } }),
    `resource 'x://secret'`,
  ],
  [
    'everybody may subscribe, not whom a rule allows it',
    resources({ 'z://told': { needs: ['b'], subscribe: 'all' } }),
    `resource 'z://told'`,
  ],
  [
    'there is one more issuer',
    { ...BASE, auth: [oidc(env('ISSUER', 'http://localhost:4000')), oidc(env('OTHER'))] },
    `issuer 'OTHER'`,
  ],
  [
    'another tenant is accepted',
    withRules({ tenant: { claim: 'tid', values: texts('one', 'two') } }),
    `issuer 'ISSUER'`,
    withRules({ tenant: { claim: 'tid', values: texts('one') } }),
  ],
  [
    'the same tenants are told by another claim',
    withRules({ tenant: { claim: 'org', values: texts('one') } }),
    `issuer 'ISSUER'`,
    withRules({ tenant: { claim: 'tid', values: texts('one') } }),
  ],
  ['an issuer is another', { ...BASE, auth: oidc(env('OTHER')) }, `issuer 'OTHER'`],
  [
    'an issuer is written down',
    { ...BASE, auth: oidc({ kind: 'literal', value: 'https://login.example.com' }) },
    `issuer 'https://login.example.com'`,
  ],
  [
    'an issuer is another in development',
    { ...BASE, auth: oidc(env('ISSUER', 'http://localhost:1')) },
    `issuer 'ISSUER'`,
  ],
  [
    'an issuer is there for development that was not',
    { ...BASE, auth: oidc(env('ISSUER', 'http://localhost:4000')) },
    `issuer 'ISSUER'`,
    { ...BASE, auth: oidc(env('ISSUER')) },
  ],
  [
    'tokens of another type are accepted',
    { ...BASE, auth: oidc(env('ISSUER', 'http://localhost:4000'), { typ: 'JWT' }) },
    `issuer 'ISSUER'`,
  ],
  [
    'tokens for another audience are accepted',
    withRules({ audienceCompatibility: listed('audiences', 'https://api.example.com') }),
    `issuer 'ISSUER'`,
  ],
  [
    'another client is accepted',
    withRules({ allowedClientIds: texts('web', 'cli') }),
    `issuer 'ISSUER'`,
    withRules({ allowedClientIds: texts('web') }),
  ],
  ['every client is accepted', withRules({}), `issuer 'ISSUER'`, withRules({ allowedClientIds: texts('web') })],
  [
    'every tenant is accepted',
    withRules({}),
    `issuer 'ISSUER'`,
    withRules({ tenant: { claim: 'tid', values: texts('one') } }),
  ],
  [
    'one more scope can be granted',
    withRules({ scopes: texts('a', 'b') }),
    `issuer 'ISSUER'`,
    withRules({ scopes: texts('a') }),
  ],
  ['every scope can be granted', withRules({}), `issuer 'ISSUER'`, withRules({ scopes: texts('a') })],
  ['scopes are read from another claim', withRules({ scopeClaim: 'permissions' }), `issuer 'ISSUER'`],
  [
    'tokens are checked in another way',
    { ...BASE, auth: { kind: 'embedded', issuer: oidcIssuer() } },
    `issuer 'ISSUER'`,
  ],
  ['the audience is another', { ...BASE, audience: env('OTHER') }, `audience 'OTHER'`],
  [
    'the audience is another in development',
    { ...BASE, audience: env('MCP_RESOURCE', 'http://localhost:1/mcp') },
    `audience 'MCP_RESOURCE'`,
  ],
]

const NOT_LOOSER: readonly NotLooser[] = [
  ['one more scope is needed', 'tighter', tools({ writes: ['b', 'c'] })],
  ['a scope is needed that implies the old one', 'tighter', prompts({ ask: ['b'] }), prompts({ ask: ['a'] })],
  ['callers with a scope, instead of every caller', 'tighter', tools({ any: ['a'] })],
  ['callers with a scope, instead of everybody', 'tighter', tools({ open: ['a'] })],
  ['every caller, instead of everybody', 'tighter', tools({ open: 'authenticated' })],
  ['a set is gone', 'tighter', tools({ either: ['e'] })],
  [
    'a set has one more scope',
    'tighter',
    tools({
      either: {
        anyOf: [
          ['b', 'c'],
          ['d', 'e'],
        ],
      },
    }),
  ],
  ['callers with a set, instead of every caller', 'tighter', tools({ any: { anyOf: [['a'], ['c']] } })],
  ['callers with a set, instead of everybody', 'tighter', tools({ open: { anyOf: [['a'], ['c']] } })],
  ['all scopes are needed, instead of a set', 'tighter', tools({ either: ['b', 'c', 'e'] })],
  ['a login has to be younger', 'tighter', tools({ recent: { ...BASE.tools.recent, freshLogin: 299 } })],
  ['a login has to be of fewer levels', 'tighter', tools({ recent: { ...BASE.tools.recent, acr: ['gold'] } })],
  ['a login has to be of a level', 'tighter', tools({ any: { needs: 'authenticated', acr: ['gold'] } })],
  ['a login has to be fresh', 'tighter', prompts({ ask: { needs: ['b'], freshLogin: 60 } })],
  ['arguments ask for one more scope', 'tighter', tools({ argued: { needs: ['a'], argumentScopes: ['c', 'd', 'e'] } })],
  ['arguments ask for a scope', 'tighter', tools({ both: { needs: ['b', 'c'], argumentScopes: ['e'] } })],
  ['what arguments asked for is always needed', 'tighter and none', tools({ argued: ['a', 'c', 'e'] })],
  ['there is a rule about the object', 'tighter', prompts({ any: { needs: 'authenticated', authorize: true } })],
  [
    'a new tool asks for more than scopes',
    'new',
    tools({ new: { needs: { anyOf: [['a'], ['c']] }, freshLogin: 60, argumentScopes: ['e'], authorize: true } }),
  ],
  [
    'a tool gets a scope less at another service',
    'tighter',
    tools({ calls: { needs: ['b'], downstream: { files: ['f:read'] } } }),
  ],
  ['a tool calls no other service', 'tighter', tools({ calls: ['b'] })],
  ['tokens are exchanged no more', 'tighter', BASE, withRules({ tokenExchange: exchange('rfc8693') })],
  ['it is for one client less', 'tighter', some({ ...FOR_SOME, clientIds: ['web'] })],
  ['it is for some alone', 'tighter', prompts({ ask: { needs: ['b'], onlyFor: { clientIds: ['web'] } } })],
  ['it is for one tenant alone as well', 'tighter', some(FOR_SOME), some(without(FOR_SOME, 'tenants'))],
  ['whom it is for stands in another order', 'nothing', some({ ...FOR_SOME, clientIds: ['cli', 'web'] })],
  ['a limit of the server is lower', 'tighter', limits({ perSubject: 99 })],
  ['a limit of the server is said that is lower than its default', 'tighter', limits({ perClient: 59_999 })],
  ['a limit of the server is said that was its default', 'none', limits({ perClient: 60_000 })],
  ['a tool may be called less often', 'tighter', often({ limits: { perMinute: 9, seconds: 30 } })],
  [
    'a tool has a limit that the server has for all',
    'none',
    tools({ any: { needs: 'authenticated', limits: { perMinute: 50 } } }),
  ],
  [
    'a tool has a limit below the one for all',
    'tighter',
    tools({ any: { needs: 'authenticated', limits: { seconds: 599 } } }),
  ],
  ['a handler asks the person', 'none', often({ uses: ['progress', 'elicitation'] })],
  ['a handler tells no progress any more', 'none', often({ uses: [] })],
  ['a prompt samples', 'none', prompts({ ask: { needs: ['b'], uses: ['sampling'] } })],
  [
    'what handlers use stands in another order',
    'nothing',
    often({ uses: ['roots', 'progress'] }),
    often({ uses: ['progress', 'roots'] }),
  ],
  [
    'whom a rule allows it may subscribe, not everybody',
    'tighter',
    BASE,
    resources({ 'z://told': { needs: ['b'], subscribe: 'all' } }),
  ],
  ['nobody can subscribe', 'tighter', resources({ 'z://told': ['b'] })],
  ['a new resource can be subscribed to', 'new', resources({ 'z://new': { needs: ['b'], subscribe: 'all' } })],
  [
    'issuers stand in another order',
    'nothing',
    { ...BASE, auth: [oidc(env('A')), oidc(env('B'))] },
    { ...BASE, auth: [oidc(env('B')), oidc(env('A'))] },
  ],
  [
    'an issuer less is accepted',
    'tighter',
    { ...BASE, auth: oidc(env('A')) },
    { ...BASE, auth: [oidc(env('A')), oidc(env('B'))] },
  ],
  [
    'a tenant less is accepted',
    'tighter',
    withRules({ tenant: { claim: 'tid', values: texts('one') } }),
    withRules({ tenant: { claim: 'tid', values: texts('one', 'two') } }),
  ],
  ['what is hidden is told of', 'none', tools({ unseen: ['c'] })],
  ['what is told of is hidden', 'none', tools({ both: { needs: ['b', 'c'], whenDenied: 'hide' } })],
  ['a set is there that implies another one', 'none', tools({ either: { anyOf: [['b', 'c'], ['e'], ['d', 'e']] } })],
  [
    'a set is written as scopes',
    'none',
    tools({
      both: {
        anyOf: [
          ['b', 'c'],
          ['a', 'b', 'c'],
        ],
      },
    }),
  ],
  ['scopes are written as the one set', 'nothing', tools({ both: { anyOf: [['b', 'c']] } })],
  [
    'sets, levels and scopes for arguments stand in another order',
    'nothing',
    tools({
      either: { anyOf: [['e'], ['c', 'b']] },
      recent: { ...BASE.tools.recent, acr: ['gold', 'silver'] },
      argued: { needs: ['a'], argumentScopes: ['e', 'c'] },
    }),
  ],
  ['a tool is gone', 'tighter', { ...BASE, tools: without(BASE.tools, 'both') }],
  ['a public tool is gone', 'tighter', { ...BASE, tools: without(BASE.tools, 'open') }],
  ['a resource is gone', 'tighter', { ...BASE, resources: without(BASE.resources, 'x://secret') }],
  ['a prompt is gone', 'tighter', { ...BASE, prompts: without(BASE.prompts, 'ask') }],
  ['a new tool needs a scope', 'new', tools({ new: ['a'] })],
  ['a new tool is for every caller', 'new', tools({ new: 'authenticated' })],
  ['a new resource needs a scope', 'new', resources({ 'x://new': ['a'] })],
  ['a new prompt needs a scope', 'new', prompts({ new: ['a'] })],
  [
    'a new template needs more than what had its URIs',
    'new and tighter',
    { ...BASE, resources: { ...without(BASE.resources, 'x://secret'), 'x://{rest}': ['c', 'e'] } },
  ],
  ['a scope is implied by one less', 'tighter', scopes({ b: {} })],
  ['a scope is baseline no more', 'tighter', scopes({ d: {} })],
  ['a new scope implies nothing', 'new', scopes({ f: {} })],
  ['a new scope is baseline', 'new', scopes({ f: { baseline: true } })],
  ['a new scope is implied by an old one', 'new', scopes({ f: {}, c: { implies: ['f'] } })],
  ['a scope is gone that nothing needs', 'tighter', { ...BASE, scopes: without(BASE.scopes, 'e') }],
  ['no issuer in development', 'tighter', { ...BASE, auth: oidc(env('ISSUER')) }],
  ['no audience in development', 'tighter', { ...BASE, audience: env('MCP_RESOURCE') }],
  [
    'tokens of a stricter type alone are accepted',
    'tighter',
    BASE,
    { ...BASE, auth: oidc(env('ISSUER', 'http://localhost:4000'), { typ: 'JWT' }) },
  ],
  [
    'tokens for no other audience are accepted',
    'tighter',
    withRules({}),
    withRules({ audienceCompatibility: listed('audiences', 'https://api.example.com') }),
  ],
  ['listed clients alone are accepted', 'tighter', withRules({ allowedClientIds: texts('web') })],
  [
    'a client is accepted no more',
    'tighter',
    withRules({ allowedClientIds: texts('web') }),
    withRules({ allowedClientIds: texts('web', 'cli') }),
  ],
  ['some scopes alone can be granted', 'tighter', withRules({ scopes: texts('a') })],
  ['one tenant alone is accepted', 'tighter', withRules({ tenant: { claim: 'tid', values: texts('one') } })],
  ['a scope is named no more that another one brings', 'none', tools({ pair: ['b'] })],
  ['a scope is named that another one brings', 'none', tools({ writes: { ...BASE.tools.writes, needs: ['a', 'b'] } })],
  [
    'a hint is said that was assumed',
    'nothing',
    hints('writes', { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true }),
  ],
  ['scopes and tools stand in another order', 'nothing', { ...BASE, ...reversed(BASE) }],
]

function oidcIssuer() {
  return oidc(env('ISSUER', 'http://localhost:4000')).issuer
}

function reversed({ scopes, tools }: typeof BASE): Sketch {
  const turned = <Part extends object>(part: Part) => Object.fromEntries(Object.entries(part).reverse()) as Part
  return { scopes: turned(scopes), tools: { ...turned(tools), pair: ['b', 'a'] } }
}

/** A project whose lock says what a sketch says. */
async function recorded(before: Sketch): Promise<string> {
  const project = temporaryProject()
  put(project, 'access.lock.json', (await review(project, sketch(before))).text)
  return project
}

/** What `build --check` finds in a project whose generated files are current. */
async function check(project: string, now: Sketch) {
  return staleFindings([], [], await review(project, sketch(now)))
}

describe('looser access', () => {
  const cases = LOOSER.map(([name, after, about, before = BASE]) => ({ name, after, about, before }))

  it.each(cases)('$name: fails the check until it is accepted', async ({ after, about, before }) => {
    const project = await recorded(before)
    const found = await check(project, after)
    expect(found.map(({ code, severity }) => ({ code, severity }))).toContainEqual({
      code: 'access-looser',
      severity: 'error',
    })
    // What is said is about this, and nothing else is.
    expect([...new Set(found.map(({ message }) => message.split(' is looser than')[0]))]).toEqual([about])

    const { state, diagnostics, text } = await review(project, sketch(after))
    expect(state).toBe('behind')
    expect(diagnostics.map(({ severity }) => severity)).toEqual(found.map(() => 'warning'))
    put(project, 'access.lock.json', text)
    expect(await check(project, after)).toEqual([])
  })
})

describe('what is not looser', () => {
  const cases = NOT_LOOSER.map(([name, effect, after, before = BASE]) => ({ name, effect, after, before }))

  it.each(cases)('$name: is $effect, and a build records it', async ({ effect, after, before }) => {
    const project = await recorded(before)
    const { state, diagnostics, changes, text } = await review(project, sketch(after))
    expect(diagnostics).toEqual([])
    expect(new Set(changes.map((change) => change.effect))).toEqual(
      new Set(effect === 'nothing' ? [] : effect.split(' and ')),
    )
    expect(state).toBe(effect === 'nothing' ? 'current' : 'behind')
    expect((await check(project, after)).map(({ code }) => code)).toEqual(effect === 'nothing' ? [] : ['lock-stale'])
    put(project, 'access.lock.json', text)
    expect(await check(project, after)).toEqual([])
  })
})
