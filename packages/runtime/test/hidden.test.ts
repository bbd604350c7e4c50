import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AccessPolicy } from '../src/index.js'
import {
  type Answer,
  type Ask,
  createHarness,
  type Harness,
  legacy,
  modern,
  parseChallenge,
  post,
  send,
} from './support/harness.js'

const ID = '11111111-1111-4111-8111-111111111111'
const hidden = (...scopes: string[]): AccessPolicy => ({ access: 'scopes', scopes, whenDenied: 'hide' })

describe('what is hidden from whoever lacks its scopes', () => {
  let harness: Harness
  const runs: string[] = []
  const run = (what: string, answer: unknown) => () => {
    runs.push(what)
    return answer
  }
  beforeAll(async () => {
    harness = await createHarness({
      tools: {
        whoami: { access: { access: 'authenticated' }, run: run('whoami', 'you') },
        export_notes: { access: { access: 'scopes', scopes: ['notes:export'] }, run: run('export_notes', 'exported') },
        purge: {
          access: hidden('notes:write'),
          input: z.object({ region: z.string().meta({ 'x-mcp-header': 'Region' }) }),
          run: run('purge', 'purged'),
        },
        merge: {
          access: { access: 'any-of', anyOf: [['notes:write'], ['notes:read', 'notes:export']], whenDenied: 'hide' },
          run: run('merge', 'merged'),
        },
      },
      offers: {
        resources: {
          open: { uri: 'notes://open', access: { access: 'authenticated' }, module: { read: run('open', 'open') } },
          secret: { uri: 'notes://secret', access: hidden('notes:write'), module: { read: run('secret', 'secret') } },
          draft: {
            uri: 'drafts://draft/{id}',
            access: hidden('notes:write'),
            module: {
              variables: { id: z.uuid() },
              list: run('list draft', [{ variables: { id: ID } }]),
              complete: { id: run('complete draft', [ID]) },
              read: run('draft', 'draft'),
            },
          },
        },
        prompts: {
          tidy: {
            access: hidden('notes:write'),
            arguments: [{ name: 'topic', required: false }],
            module: {
              arguments: z.object({ topic: z.string().optional() }),
              complete: { topic: run('complete tidy', []) },
              run: run('tidy', 'Tidy up.'),
            },
          },
        },
      },
    })
  })
  beforeEach(() => {
    runs.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  const without = async (): Promise<Ask> => ({ token: await harness.token({ scopes: ['notes:read'] }) })
  const withScope = async (): Promise<Ask> => ({ token: await harness.token({ scopes: ['notes:write'] }) })

  /** Each way of asking, for something hidden and for something that there is not. */
  const asks = [
    {
      what: 'a tool',
      method: 'tools/call',
      hides: { name: 'purge', arguments: {} },
      unknown: { name: 'nothing', arguments: {} },
    },
    {
      what: 'a tool with good arguments',
      method: 'tools/call',
      hides: { name: 'purge', arguments: { region: 'eu' } },
      unknown: { name: 'nothing', arguments: { region: 'eu' } },
    },
    {
      what: 'a tool with sets of scopes',
      method: 'tools/call',
      hides: { name: 'merge' },
      unknown: { name: 'nothing' },
    },
    {
      what: 'a resource',
      method: 'resources/read',
      hides: { uri: 'notes://secret' },
      unknown: { uri: 'notes://nothin' },
    },
    {
      what: 'a resource of a template',
      method: 'resources/read',
      hides: { uri: `drafts://draft/${ID}` },
      unknown: { uri: `nothin://draft/${ID}` },
    },
    {
      what: 'a prompt',
      method: 'prompts/get',
      hides: { name: 'tidy', arguments: { topic: 'x' } },
      unknown: { name: 'nope', arguments: { topic: 'x' } },
    },
    {
      what: 'suggestions of a resource',
      method: 'completion/complete',
      hides: { ref: { type: 'ref/resource', uri: 'drafts://draft/{id}' }, argument: { name: 'id', value: '' } },
      unknown: { ref: { type: 'ref/resource', uri: 'nothin://draft/{id}' }, argument: { name: 'id', value: '' } },
    },
    {
      what: 'suggestions of a prompt',
      method: 'completion/complete',
      hides: { ref: { type: 'ref/prompt', name: 'tidy' }, argument: { name: 'topic', value: '' } },
      unknown: { ref: { type: 'ref/prompt', name: 'nope' }, argument: { name: 'topic', value: '' } },
    },
  ] as const

  /** All that a client sees, without what differs because another thing was asked for. */
  const seen = ({ status, headers, text }: Answer): unknown => {
    // What is left of a limit, and of its minute, goes down whatever is asked for.
    const { date: _date, 'content-length': _length, ratelimit, ...others } = headers
    const limits = String(ratelimit).replace(/\b([rt])=\d+/g, '$1=(left)')
    const named = /notes:\/\/secret|notes:\/\/nothin|(?:drafts|nothin):\/\/draft/g
    return { status, headers: others, limits, text: text.replace(named, '(uri)') }
  }

  test.each(asks)(
    '$what is answered like one that there is not, in every era, with a token and without',
    async ({ method, hides, unknown }) => {
      for (const ask of [await without(), {}]) {
        for (const call of [modern, legacy]) {
          const [one, other] = [
            await call(harness.app, method, hides, ask),
            await call(harness.app, method, unknown, ask),
          ]
          expect(seen(one)).toEqual(seen(other))
          if (ask.token !== undefined) {
            expect(one.headers).not.toHaveProperty('www-authenticate')
            expect(one.body.error.code).toBeLessThan(0)
          }
        }
        const batch = (params: object): object[] => [
          { jsonrpc: '2.0', id: 1, method: 'ping' },
          { jsonrpc: '2.0', id: 2, method, params },
        ]
        expect(seen(await post(harness.app, batch(hides), ask))).toEqual(
          seen(await post(harness.app, batch(unknown), ask)),
        )
        const notified = async (params: object) =>
          seen(
            await post(
              harness.app,
              { jsonrpc: '2.0', method, params },
              { ...ask, headers: { 'mcp-protocol-version': '2025-11-25' } },
            ),
          )
        expect(await notified(hides)).toEqual(await notified(unknown))
      }
      expect(runs).toEqual([])
    },
  )

  test('a header that would have to repeat an argument of a hidden tool gives nothing away', async () => {
    const ask = { ...(await without()), headers: { 'mcp-param-region': 'us' } }
    const answer = await modern(harness.app, 'tools/call', { name: 'purge', arguments: { region: 'eu' } }, ask)
    const unknown = await modern(harness.app, 'tools/call', { name: 'nothing', arguments: { region: 'eu' } }, ask)
    expect(seen(answer)).toEqual(seen(unknown))
  })

  test('neither does a preflight: it allows what is asked for, whether there is such an argument or not', async () => {
    const preflight = async (header: string): Promise<string> => {
      const headers = {
        origin: 'https://notes.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': header,
      }
      const answer = await send(harness.app, { method: 'OPTIONS' }, { headers })
      expect(answer.status).toBe(204)
      return String(answer.headers['access-control-allow-headers']).toLowerCase()
    }
    expect(await preflight('authorization')).not.toContain('region')
    expect(await preflight('mcp-param-region')).toContain('mcp-param-region')
    expect(await preflight('mcp-param-nothing')).toContain('mcp-param-nothing')
    expect(await preflight('x-other, mcp-param-a b, cookie')).not.toMatch(/x-other|cookie|mcp-param/)
  })

  test.each([
    ['tools/list', 'tools', ['export_notes', 'whoami'], ['export_notes', 'merge', 'purge', 'whoami']],
    ['prompts/list', 'prompts', [], ['tidy']],
    ['resources/templates/list', 'resourceTemplates', [], ['draft']],
    ['resources/list', 'resources', ['open'], ['open', 'secret', ID]],
  ] as const)('%s names it to who has the scopes, and to nobody else', async (method, key, less, more) => {
    for (const call of [modern, legacy]) {
      const names = async (ask: Ask): Promise<unknown> =>
        (await call(harness.app, method, {}, ask)).body.result[key].map(({ name }: { name: string }) => name)
      expect(await names(await without())).toEqual(less)
      expect(await names(await withScope())).toEqual(more)
    }
    const answer = await modern(harness.app, method, {}, await without())
    expect(answer.body.result).toMatchObject({ ttlMs: 0, cacheScope: 'private' })
    expect(answer.text).not.toMatch(/purge|merge|secret|draft|tidy/)
  })

  test('who has the scopes uses it', async () => {
    const ask = await withScope()
    const headers = { 'mcp-param-region': 'eu' }
    expect(
      (await modern(harness.app, 'tools/call', { name: 'purge', arguments: { region: 'eu' } }, { ...ask, headers }))
        .status,
    ).toBe(200)
    await modern(harness.app, 'resources/read', { uri: `drafts://draft/${ID}` }, ask)
    await modern(harness.app, 'prompts/get', { name: 'tidy' }, ask)
    expect(runs).toEqual(['purge', 'draft', 'tidy'])
  })

  test('a challenge for something else in the same batch does not name its scopes', async () => {
    const call = (id: number, name: string): object => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } })
    const answer = await post(harness.app, [call(1, 'purge'), call(2, 'export_notes')], await without())
    expect(answer.status).toBe(403)
    expect(parseChallenge(answer)).toMatchObject({
      scope: 'notes:read notes:export',
      error_description: 'The access token lacks the scope notes:export',
    })
  })

  test('the record names it, and what was missing', async () => {
    await modern(harness.app, 'tools/call', { name: 'purge', arguments: {} }, await without())
    expect(harness.audits()).toMatchObject([
      { decision: 'refused', reason: 'hidden', method: 'tools/call', tool: 'purge', missing: ['notes:write'] },
    ])
  })
})

test('its limit tells nobody of it either: no call of it counts, and none is refused for it', async () => {
  const harness = await createHarness({
    tools: { purge: { access: hidden('notes:write'), limits: { perMinute: 1 }, run: () => 'purged' } },
  })
  const token = await harness.token({ scopes: ['notes:read'] })
  for (let call = 0; call < 3; call += 1) {
    const answer = await modern(harness.app, 'tools/call', { name: 'purge', arguments: {} }, { token })
    expect([answer.body.error.message, answer.headers['ratelimit-policy']]).toEqual([
      'Unknown tool',
      '"subject";q=6000;w=60',
    ])
  }
  const writer = await harness.token({ scopes: ['notes:write'] })
  const call = () => modern(harness.app, 'tools/call', { name: 'purge', arguments: {} }, { token: writer })
  expect([(await call()).status, (await call()).status]).toEqual([200, 429])
  await harness.close()
})

test('on a server with public tools it is hidden from who has no token, too', async () => {
  const harness = await createHarness({
    tools: {
      about: { access: { access: 'public' }, run: () => 'about' },
      purge: { access: hidden('notes:write'), run: () => 'purged' },
    },
  })
  const listed = await modern(harness.app, 'tools/list')
  expect(listed.body.result.tools.map(({ name }: { name: string }) => name)).toEqual(['about'])
  const [one, other] = [
    await modern(harness.app, 'tools/call', { name: 'purge' }),
    await modern(harness.app, 'tools/call', { name: 'nothing' }),
  ]
  expect([one.status, one.headers['www-authenticate'], one.text]).toEqual([
    401,
    other.headers['www-authenticate'],
    other.text,
  ])
  await harness.close()
})

test.each([
  { access: { access: 'authenticated', whenDenied: 'hide' } as AccessPolicy, problem: 'requires no scopes' },
  { access: { access: 'public', whenDenied: 'hide' } as AccessPolicy, problem: 'requires no scopes' },
  {
    access: { access: 'scopes', scopes: ['notes:read'], whenDenied: 'Hide' } as unknown as AccessPolicy,
    problem: 'whenDenied',
  },
])('a policy that hides from nobody does not start: $access', async ({ access, problem }) => {
  await expect(createHarness({ tools: { odd: { access, run: () => '' } } })).rejects.toThrow(problem)
})
