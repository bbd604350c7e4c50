import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AccessPolicy, ToolModule } from '../src/index.js'
import { createHarness, type Harness, legacy, modern, parseChallenge, post } from './support/harness.js'

const read: AccessPolicy = { access: 'scopes', scopes: ['notes:read'] }
let random = 0

describe('scopes that depend on arguments', () => {
  let harness: Harness
  const runs: unknown[] = []
  const picked: unknown[] = []
  beforeAll(async () => {
    const run: ToolModule['run'] = (input) => {
      runs.push(input)
      return 'done'
    }
    const asks = (pick: (input: never) => unknown, access: AccessPolicy = read) => ({
      access: { ...access, argumentScopes: ['notes:write', 'notes:export'] },
      input: z.object({ mode: z.enum(['look', 'write', 'all']).default('look') }),
      argumentScopes: {
        pick(input: unknown) {
          picked.push(input)
          return pick(input as never)
        },
      },
      run,
    })
    const BY_MODE = { look: [], write: ['notes:write'], all: ['notes:export', 'notes:write'] }
    const byMode = ({ mode }: { mode: keyof typeof BY_MODE }) => BY_MODE[mode]
    harness = await createHarness({
      tools: {
        move: asks(byMode),
        open: asks(byMode, { access: 'authenticated' }),
        either: asks(byMode, { access: 'any-of', anyOf: [['notes:export'], ['notes:read']] }),
        later: asks(async (input) => byMode(input)),
        admin: asks(() => ['notes:admin']),
        undeclared: asks(() => ['notes:read']),
        text: asks(() => 'notes:write'),
        nothing: asks(() => undefined),
        holes: asks(() => [undefined]),
        crash: asks(() => {
          throw new Error('password=hunter2 at db.internal')
        }),
        complain: asks(() => {
          throw Object.assign(new Error('Say which note.'), { 'mcp-secure.tool-error': true })
        }),
        dice: {
          ...asks(({ roll }: { roll: number }) => (roll === 1 ? [] : ['notes:write'])),
          input: z.object({}).transform(() => {
            random += 1
            return { roll: random }
          }),
        },
      },
    })
  })
  beforeEach(() => {
    runs.length = 0
    picked.length = 0
    random = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  const call = async (name: string, args: object, scopes: readonly string[], ask = modern) =>
    ask(harness.app, 'tools/call', { name, arguments: args }, { token: await harness.token({ scopes }) })

  test.each([
    { args: {}, scopes: ['notes:read'] },
    { args: { mode: 'write' }, scopes: ['notes:write'] },
    { args: { mode: 'all' }, scopes: ['notes:write', 'notes:export'] },
  ])(
    'whoever holds what $args needs is let through, with the arguments that were decided on',
    async ({ args, scopes }) => {
      for (const ask of [modern, legacy]) {
        const answer = await call('move', args, scopes, ask)
        expect([answer.status, answer.body.result.isError]).toEqual([200, undefined])
      }
      expect(runs).toEqual(picked)
      expect(runs).toHaveLength(2)
    },
  )

  test.each([
    {
      tool: 'move',
      args: { mode: 'write' },
      held: ['notes:read'],
      scope: 'notes:read notes:write',
      lacks: 'scope notes:write',
    },
    {
      tool: 'move',
      args: { mode: 'all' },
      held: [],
      scope: 'notes:read notes:export notes:write',
      lacks: 'scopes notes:read notes:write notes:export',
    },
    { tool: 'open', args: { mode: 'write' }, held: [], scope: 'notes:write', lacks: 'scope notes:write' },
    {
      tool: 'later',
      args: { mode: 'write' },
      held: ['notes:read'],
      scope: 'notes:read notes:write',
      lacks: 'scope notes:write',
    },
    {
      tool: 'either',
      args: { mode: 'write' },
      held: ['notes:export'],
      scope: 'notes:export notes:write',
      lacks: 'scope notes:write',
    },
  ])('$tool with $args and $held is one 403 that names all', async ({ tool, args, held, scope, lacks }) => {
    for (const ask of [modern, legacy]) {
      const answer = await call(tool, args, held, ask)
      expect(answer.status).toBe(403)
      expect(parseChallenge(answer)).toMatchObject({ scope, error_description: `The access token lacks the ${lacks}` })
    }
    expect(runs).toEqual([])
  })

  test.each(['admin', 'undeclared', 'text', 'nothing', 'holes', 'crash'])(
    'what is picked outside of what is declared is a failure of the tool, and nobody gets through: %s',
    async (tool) => {
      for (const ask of [modern, legacy]) {
        const answer = await call(tool, {}, ['notes:read', 'notes:write', 'notes:export'], ask)
        expect(answer.status).toBe(200)
        expect(answer.body.result.isError).toBe(true)
        expect(answer.text).not.toMatch(/hunter2|notes:/)
      }
      expect(runs).toEqual([])
      expect(harness.audits()).toMatchObject([{ outcome: 'failed' }, { outcome: 'failed' }])
    },
  )

  test('a failure of that kind does not get past the scopes of every call either', async () => {
    expect((await call('admin', {}, [])).status).toBe(403)
    expect((await call('crash', {}, ['notes:export'])).status).toBe(403)
  })

  test('a message for the model reaches it, and the handler does not run', async () => {
    const answer = await call('complain', {}, ['notes:read'])
    expect(answer.body.result).toMatchObject({ isError: true, content: [{ text: 'Say which note.' }] })
    expect(runs).toEqual([])
  })

  test('arguments that do not fit are told to who may call, and nothing is picked', async () => {
    const allowed = await call('move', { mode: 'fly' }, ['notes:read'])
    expect(allowed.body.result.isError).toBe(true)
    expect(allowed.text).toContain('mode')
    const refused = await call('move', { mode: 'fly' }, [])
    expect(refused.status).toBe(403)
    expect(refused.text).not.toContain('mode')
    expect([picked, runs]).toEqual([[], []])
  })

  test('they are parsed once: the handler gets what was decided on', async () => {
    const answer = await call('dice', {}, ['notes:read'])
    expect(answer.body.result.isError).toBeUndefined()
    expect(runs).toEqual([{ roll: 1 }])
    expect(random).toBe(1)
  })

  test('in a batch every call is decided by its own arguments, and one challenge names all', async () => {
    const message = (id: number | string, mode: string): object => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'move', arguments: { mode } },
    })
    const token = await harness.token({ scopes: ['notes:read'] })
    const refused = await post(harness.app, [message(1, 'look'), message(2, 'write')], { token })
    expect(refused.status).toBe(403)
    expect(parseChallenge(refused).scope).toBe('notes:read notes:write')
    expect(runs).toEqual([])
    const writes = await harness.token({ scopes: ['notes:write'] })
    const allowed = await post(harness.app, [message(1, 'look'), message('1', 'write')], { token: writes })
    expect(allowed.status).toBe(200)
    expect(runs).toEqual([{ mode: 'look' }, { mode: 'write' }])
  })

  test('nothing of the project runs for who has not logged in', async () => {
    expect((await modern(harness.app, 'tools/call', { name: 'move', arguments: { mode: 'write' } })).status).toBe(401)
    expect(picked).toEqual([])
  })
})

const pick = () => []
const run = () => ''
test.each([
  {
    what: 'in the policy alone',
    tool: { access: { ...read, argumentScopes: ['notes:write'] }, run },
    problem: 'not in both',
  },
  { what: 'in the file alone', tool: { access: read, argumentScopes: { pick }, run }, problem: 'not in both' },
  {
    what: 'of none',
    tool: { access: { ...read, argumentScopes: [] }, argumentScopes: { pick }, run },
    problem: 'declares none',
  },
  {
    what: 'that is not declared',
    tool: { access: { ...read, argumentScopes: ['nope'] }, argumentScopes: { pick }, run },
    problem: 'not declared',
  },
  {
    what: 'on what is public',
    tool: {
      access: { access: 'public', argumentScopes: ['notes:write'] } as AccessPolicy,
      argumentScopes: { pick },
      run,
    },
    problem: 'is public',
  },
])('a scope by arguments $what does not start', async ({ tool, problem }) => {
  await expect(createHarness({ tools: { odd: tool } })).rejects.toThrow(problem)
})

test('a batch that is more than its caller may ask is refused before anything is picked', async () => {
  let picked = 0
  const harness = await createHarness({
    limits: { perSubject: 3 },
    tools: {
      move: {
        access: { ...read, argumentScopes: ['notes:write'] },
        argumentScopes: {
          pick() {
            picked += 1
            return ['notes:write']
          },
        },
        run: () => 'moved',
      },
    },
  })
  const token = await harness.token({ scopes: ['notes:read'] })
  const batch = (count: number): object[] =>
    Array.from({ length: count }, (_, id) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'move' } }))
  expect((await post(harness.app, batch(4), { token })).status).toBe(429)
  expect(picked).toBe(0)
  await harness.close()
})

test.each([
  { what: 'a function', more: { argumentScopes: { pick: () => new Promise<never>(() => {}) } } },
  {
    what: 'a schema',
    more: { argumentScopes: { pick }, input: z.object({}).refine(() => new Promise<never>(() => {})) },
  },
])(
  '$what that never ends has the time of the handler, lets nobody through, and keeps nobody’s place',
  async ({ more }) => {
    const runs: unknown[] = []
    const harness = await createHarness({
      limits: { concurrentPerSubject: 1 },
      tools: {
        stuck: {
          access: { ...read, argumentScopes: ['notes:write'] },
          limits: { seconds: 1 },
          ...more,
          run: (input) => runs.push(input),
        },
      },
    })
    const token = await harness.token({ scopes: ['notes:write'] })
    for (const ask of [modern, legacy]) {
      const answer = await ask(harness.app, 'tools/call', { name: 'stuck', arguments: {} }, { token })
      expect([answer.status, answer.body.result.isError]).toEqual([200, true])
    }
    expect(runs).toEqual([])
    expect(harness.audits()).toMatchObject([{ outcome: 'failed' }, { outcome: 'failed' }])
    await harness.close()
  },
)
