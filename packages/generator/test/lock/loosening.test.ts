import { describe, expect, it } from 'vitest'
import { review } from '../../dist/lock/review.js'
import { staleFindings } from '../../dist/lock/stale.js'
import { env, oidc, type Sketch, sketch } from '../support/model.js'
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
  },
  resources: { 'x://note/{id}': ['b'], 'x://secret': ['c'], 'x://all': 'authenticated' },
  prompts: { ask: ['b'], any: 'authenticated' },
} as const satisfies Sketch

const scopes = (more: Sketch['scopes']): Sketch => ({ ...BASE, scopes: { ...BASE.scopes, ...more } })
const tools = (more: Sketch['tools']): Sketch => ({ ...BASE, tools: { ...BASE.tools, ...more } })
const prompts = (more: Sketch['prompts']): Sketch => ({ ...BASE, prompts: { ...BASE.prompts, ...more } })
const resources = (more: Sketch['resources']): Sketch => ({ ...BASE, resources: { ...BASE.resources, ...more } })
const without = <Part extends object>(part: Part, name: keyof Part) => {
  const { [name]: _gone, ...rest } = part
  return rest
}
const hints = (name: 'reads' | 'writes' | 'adds', annotations: Readonly<Record<string, boolean>>) =>
  tools({ [name]: { needs: BASE.tools[name].needs, annotations } })

/** What a case is, after its name; `before` is the base if it is left out. */
const texts = (...values: string[]) =>
  values.map((value) => ({ value, place: { file: 'mcp/server.ts', line: 1, column: 1, length: 1 } }))
const listed = (kind: 'audiences' | 'clientIds', ...values: string[]) => ({
  value: { kind, entries: texts(...values) },
  place: { file: 'mcp/server.ts', line: 1, column: 1, length: 1 },
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
