import type { AddressInfo } from 'node:net'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  type Answer,
  createHarness,
  type Harness,
  legacy,
  MODERN,
  modern,
  parseChallenge,
  post,
} from './support/harness.js'
import { ADAS, NOBODYS, publicOffers, type Run, sampleOffers } from './support/offers.js'

const METADATA = 'https://notes.example.com/.well-known/oauth-protected-resource/mcp'
const ERAS = [modern, legacy]
const NOTE = `notes://note/${ADAS}`
const read = (uri: string, id = 1): object => ({ jsonrpc: '2.0', id, method: 'resources/read', params: { uri } })

describe('resources, in both eras', () => {
  const runs: Run[] = []
  let harness: Harness
  let ada: string
  let grace: string
  let low: string
  beforeAll(async () => {
    harness = await createHarness({ offers: sampleOffers(runs), services: { open: () => ({ clock: 'noon' }) } })
    ada = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
    grace = await harness.token({ scopes: ['notes:read'], subject: 'grace' })
    low = await harness.token({ subject: 'ada' })
  })
  beforeEach(() => {
    runs.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  const uris = ({ body }: Answer): string[] => body.result.resources.map(({ uri }: { uri: string }) => uri)

  test('BA-18: they are announced, and nothing of what cannot be subscribed to', async () => {
    const { body } = await modern(harness.app, 'server/discover', {}, { token: ada })
    expect(body.result.capabilities).toEqual({ tools: {}, resources: {}, prompts: {}, completions: {} })
  })

  test('a read is answered with the text, the type and nothing else', async () => {
    for (const ask of ERAS) {
      const { status, body } = await ask(harness.app, 'resources/read', { uri: NOTE }, { token: ada })
      expect(status).toBe(200)
      expect(body.result.contents).toEqual([{ uri: NOTE, mimeType: 'text/markdown', text: 'Buy tea' }])
    }
    expect(runs.map(({ what, input }) => [what, input])).toEqual([
      ['read note', ADAS],
      ['read note', ADAS],
    ])
  })

  test('content of every kind leaves as what it is, bytes as base64', async () => {
    const { body, text } = await modern(harness.app, 'resources/read', { uri: 'notes://all' }, { token: low })
    expect(body.result.contents).toEqual([
      { uri: 'notes://all', mimeType: 'text/plain', text: 'plain' },
      { uri: 'notes://all', mimeType: 'application/json', text: '{}' },
      { uri: 'notes://all', mimeType: 'image/png', blob: Buffer.from([1, 2, 255]).toString('base64') },
    ])
    expect(text).not.toContain('hunter2')
  })

  test('variables are decoded once and parsed by their schemas', async () => {
    const token = await harness.token({ scopes: ['notes:read', 'notes:export'], subject: 'ada' })
    const uri = 'notes://files/caf%C3%A9/a/b%2520c'
    const { body } = await modern(harness.app, 'resources/read', { uri }, { token })
    expect(JSON.parse(body.result.contents[0].text)).toEqual({ shelf: 'café', path: ['a', 'b%20c'] })
  })

  test('a handler gets the caller, the services, a signal and the request, frozen, and never the token', async () => {
    await modern(harness.app, 'resources/read', { uri: NOTE }, { token: ada })
    const [{ context } = { context: {} }] = runs
    expect(Object.keys(context).sort()).toEqual(['caller', 'request', 'services', 'signal'])
    expect(Object.isFrozen(context)).toBe(true)
    expect(context).toMatchObject({ services: { clock: 'noon' }, request: { protocolVersion: MODERN } })
    expect(JSON.stringify(context)).not.toContain(ada)
  })

  test('SC-29, SC-06, RP-05: without the scope a read is 403 with one complete challenge, whether or not there is such a thing', async () => {
    for (const uri of ['notes://files/a/b', 'notes://files/a/nothing']) {
      for (const ask of ERAS) {
        const answer = await ask(harness.app, 'resources/read', { uri }, { token: low })
        expect(answer.status).toBe(403)
        expect(answer.body).toEqual({ error: 'insufficient_scope' })
        expect(parseChallenge(answer)).toEqual({
          error: 'insufficient_scope',
          error_description: 'The access token lacks the scopes notes:read notes:export',
          scope: 'notes:read notes:export',
          resource_metadata: METADATA,
          realm: 'notes',
        })
      }
    }
    expect(runs).toEqual([])
    expect(harness.audits()[0]).toMatchObject({
      reason: 'insufficient-scope',
      tools: [],
      resources: ['file'],
      needed: ['notes:read', 'notes:export'],
    })
  })

  test('SC-16: a broader scope satisfies a narrower requirement', async () => {
    const token = await harness.token({ scopes: ['notes:write'], subject: 'ada' })
    expect((await modern(harness.app, 'resources/read', { uri: NOTE }, { token })).status).toBe(200)
  })

  test('without a token, and with a bad one, every method is 401', async () => {
    for (const method of ['resources/read', 'resources/list', 'resources/templates/list']) {
      for (const ask of ERAS) {
        for (const token of [undefined, 'nonsense', await harness.token({ expiresIn: -60 })]) {
          const answer = await ask(harness.app, method, { uri: NOTE }, { token })
          expect(answer.status).toBe(401)
          expect(parseChallenge(answer).error).toBe(token === undefined ? undefined : 'invalid_token')
        }
      }
    }
    expect(runs).toEqual([])
  })

  test('a batch is decided as a whole: one read that is not allowed, and none runs', async () => {
    const batch = [read(NOTE, 1), read('notes://secret/plan', 2), { ...read('notes://files/a/b', 3) }]
    const answer = await post(harness.app, batch, { token: ada })
    expect(answer.status).toBe(403)
    expect(parseChallenge(answer)).toMatchObject({
      error_description: 'The access token lacks the scopes notes:write notes:export',
      scope: 'notes:read notes:export notes:write',
    })
    expect(runs).toEqual([])
  })

  test('and one that is allowed answers each URI with its own', async () => {
    const answer = await post(harness.app, [read(NOTE, 1), read(`notes://note/${NOBODYS}`, 2)], { token: ada })
    const [first, second] = answer.body
    expect(first.result.contents[0].uri).toBe(NOTE)
    expect(second.error.data).toEqual({ uri: `notes://note/${NOBODYS}` })
    expect(harness.audits().map(({ resource, outcome }) => [resource, outcome])).toEqual([
      ['note', 'answered'],
      ['note', 'not-found'],
    ])
  })

  test('a notification reads nothing, and needs the scope all the same', async () => {
    const { id: _id, ...notification } = read(NOTE) as { id: number }
    const answer = await post(harness.app, notification, { token: low })
    expect(answer.status).toBe(403)
    expect((await post(harness.app, notification, { token: ada })).status).toBe(202)
    expect(runs).toEqual([])
  })

  test('RP-01, RP-02, TL-25, BA-07, PR-18: what is not there, what is somebody else’s and what does not parse get one answer', async () => {
    const cases: [uri: string, token: string][] = [
      [NOTE, grace],
      [`notes://note/${NOBODYS}`, ada],
      ['notes://note/7', ada],
      ['notes://nothing', ada],
      ['other://all', ada],
    ]
    for (const ask of ERAS) {
      for (const [uri, token] of cases) {
        const answer = await ask(harness.app, 'resources/read', { uri }, { token })
        expect(answer.headers).not.toHaveProperty('www-authenticate')
        expect([answer.status, answer.body.error]).toEqual([
          200,
          { code: ask === legacy ? -32002 : -32602, message: 'Resource not found', data: { uri } },
        ])
      }
    }
    expect(harness.audits().map(({ outcome }) => outcome)).toEqual([
      ...['not-found', 'not-found', 'not-found', 'unknown-resource', 'unknown-resource'],
      ...['not-found', 'not-found', 'not-found', 'unknown-resource', 'unknown-resource'],
    ])
  })

  test.each([
    `notes://note/../secret/plan`,
    `notes://note/%2e%2e/secret/plan`,
    `notes://note/..%2fsecret%2fplan`,
    `notes://note/${ADAS}/`,
    `notes://note/${ADAS}?x`,
    `notes://note/${ADAS}#x`,
    `notes://note/${ADAS}%00`,
    `NOTES://note/${ADAS}`,
    'notes://files/shelf/../../secret/plan',
    'notes://files/shelf/%2e%2e/plan',
    'notes://files/shelf/a%5c..%5cb',
    'notes://files/shelf//etc/passwd',
    'file:///etc/passwd',
    'file:///../../etc/passwd',
    'javascript:alert(1)',
    'notes://note/{id}',
    'notes://constructor',
    '__proto__',
    '',
  ])('RP-03, RP-04: %s is no resource, and nothing runs', async (uri) => {
    const token = await harness.token({ scopes: ['notes:write', 'notes:export'], subject: 'ada' })
    const answer = await legacy(harness.app, 'resources/read', { uri }, { token })
    expect([answer.status, answer.body.error.code, answer.body.error.message]).toEqual([
      200,
      -32002,
      'Resource not found',
    ])
    expect(runs).toEqual([])
  })

  test('malformed parameters are the protocol’s to refuse, and nothing runs', async () => {
    for (const params of [{}, { uri: 7 }, { uri: [NOTE] }, { uri: { toString: 'x' } }]) {
      const answer = await legacy(harness.app, 'resources/read', params, { token: ada })
      expect(answer.body.error.code).toBe(-32602)
      expect(answer.text).not.toContain('note')
    }
    expect(runs).toEqual([])
  })

  test('TR-24: the decision reads the body, and a header that says another URI is 400', async () => {
    const headers = { 'mcp-name': 'notes://all' }
    const refused = await modern(harness.app, 'resources/read', { uri: 'notes://secret/plan' }, { token: ada, headers })
    expect(refused.status).toBe(403)
    const answer = await modern(harness.app, 'resources/read', { uri: NOTE }, { token: ada, headers })
    expect([answer.status, answer.body.error.code]).toEqual([400, -32020])
    expect(runs).toEqual([])
  })

  test('a failure meant for the caller is told', async () => {
    for (const ask of ERAS) {
      const { body } = await ask(harness.app, 'resources/read', { uri: 'notes://complain' }, { token: low })
      expect(body.error).toEqual({ code: -32603, message: 'The shelf is being moved.' })
    }
    expect(harness.audits()).toMatchObject([{ resource: 'complain', outcome: 'resource-error' }, {}])
  })

  test('any other failure, and content of the wrong kind or size, is told with a reference only', async () => {
    for (const name of ['crash', 'lie', 'empty', 'huge']) {
      for (const ask of ERAS) {
        const answer = await ask(harness.app, 'resources/read', { uri: `notes://${name}` }, { token: low })
        expect(answer.body.error.code).toBe(-32603)
        expect(answer.text).not.toContain('hunter2')
        const [reference] = /[0-9a-f-]{36}/.exec(answer.body.error.message) ?? []
        expect(harness.log()).toContain(`"reqId":"${reference}"`)
        expect(harness.log()).toContain(`the resource ${name} failed`)
      }
    }
    expect(new Set(harness.audits().map(({ outcome }) => outcome))).toEqual(new Set(['failed']))
    expect((await modern(harness.app, 'resources/read', { uri: NOTE }, { token: ada })).status).toBe(200)
  })

  test('the list shows to everybody what has one URI, and of templates what there is for the caller', async () => {
    const fixed = ['notes://all', 'notes://complain', 'notes://crash', 'notes://empty', 'notes://huge', 'notes://lie']
    for (const ask of ERAS) {
      const answer = await ask(harness.app, 'resources/list', {}, { token: ada })
      expect(uris(answer)).toEqual([...fixed, NOTE])
      expect(answer.body.result.resources.at(-1)).toEqual({
        uri: NOTE,
        name: ADAS,
        title: 'Tea',
        mimeType: 'text/markdown',
      })
      expect(answer.text).not.toContain('hunter2')
      expect(uris(await ask(harness.app, 'resources/list', {}, { token: grace }))).toEqual(fixed)
    }
  })

  test('a template that the caller may not read is not asked what there is, and says nothing', async () => {
    const answer = await modern(harness.app, 'resources/list', {}, { token: low })
    expect(answer.status).toBe(200)
    expect(answer.text).not.toContain(ADAS)
    expect(answer.text).not.toContain('plan')
    expect(runs).toEqual([])
    await modern(harness.app, 'resources/list', {}, { token: ada })
    expect(runs.map(({ what }) => what)).toEqual(['list note'])
  })

  test('what cannot stand in a URI is left out of the list, and the rest is not', async () => {
    const token = await harness.token({ scopes: ['notes:write'], subject: 'grace' })
    const answer = await modern(harness.app, 'resources/list', {}, { token })
    expect(uris(answer).filter((uri) => uri.startsWith('notes://secret'))).toEqual(['notes://secret/plan'])
    expect(harness.log()).toContain('"leftOut":2')
  })

  test('SC-20: the templates are the same for everybody with a token', async () => {
    const list = async (token: string): Promise<unknown> =>
      (await modern(harness.app, 'resources/templates/list', {}, { token })).body.result
    const all = await list(low)
    expect(all).toEqual(await list(ada))
    expect(all).toMatchObject({
      resourceTemplates: [
        { name: 'file', uriTemplate: 'notes://files/{shelf}/{+path}', description: 'Holds file' },
        { name: 'note', uriTemplate: 'notes://note/{id}', title: 'A note', mimeType: 'text/markdown' },
        { name: 'secret', uriTemplate: 'notes://secret/{name}' },
      ],
    })
  })

  test('CA-01, CA-06: every answer is private, and what depends on caller or time is for now', async () => {
    const hints = async (method: string, params: object = {}): Promise<unknown> => {
      const { ttlMs, cacheScope, resultType } = (await modern(harness.app, method, params, { token: ada })).body.result
      return [ttlMs, cacheScope, resultType]
    }
    expect(await hints('resources/list')).toEqual([0, 'private', 'complete'])
    expect(await hints('resources/read', { uri: NOTE })).toEqual([0, 'private', 'complete'])
    expect(await hints('resources/templates/list')).toEqual([60_000, 'private', 'complete'])
  })

  test('TO-27: a cursor that was never given out is -32602, and nothing runs', async () => {
    for (const method of ['resources/list', 'resources/templates/list']) {
      for (const ask of ERAS) {
        const answer = await ask(harness.app, method, { cursor: 'Mg==' }, { token: ada })
        expect(answer.body.error).toMatchObject({ code: -32602, message: 'Unknown cursor' })
      }
    }
    expect(runs).toEqual([])
  })

  test('TR-10: subscriptions are not offered, in either era', async () => {
    for (const method of ['resources/subscribe', 'resources/unsubscribe']) {
      const refused = await modern(harness.app, method, { uri: NOTE }, { token: ada })
      expect([refused.status, refused.body.error.code]).toEqual([404, -32601])
      expect((await legacy(harness.app, method, { uri: NOTE }, { token: ada })).body.error.code).toBe(-32601)
    }
    const notifications = { resourceSubscriptions: [NOTE], resourcesListChanged: true }
    const listen = await modern(harness.app, 'subscriptions/listen', { notifications }, { token: ada })
    expect([listen.status, listen.body.error.code]).toEqual([404, -32601])
  })

  test('SC-28: the record names the resource, and neither URI nor content', async () => {
    await modern(harness.app, 'resources/read', { uri: NOTE }, { token: ada })
    expect(harness.audits()).toMatchObject([
      { decision: 'allowed', method: 'resources/read', resource: 'note', needed: ['notes:read'], outcome: 'answered' },
    ])
    expect(harness.log()).not.toContain('Buy tea')
    expect(harness.log()).not.toContain(NOTE)
  })

  test.each([
    ['@modelcontextprotocol/client 2.4 in the newer era', 'auto' as const],
    ['@modelcontextprotocol/client 2.4 in the older era', 'legacy' as const],
  ])('%s lists and reads', async (_, mode) => {
    const own = await createHarness({ offers: sampleOffers(runs), resource: 'http://127.0.0.1/mcp' })
    await own.app.listen({ port: 0, host: '127.0.0.1' })
    const url = new URL(`http://127.0.0.1:${(own.app.server.address() as AddressInfo).port}/mcp`)
    const token = await own.token({ scopes: ['notes:read'], subject: 'ada', audience: 'http://127.0.0.1/mcp' })
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
    const requestInit = { headers: { authorization: `Bearer ${token}` } }
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }))
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toContain(NOTE)
    expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(3)
    expect((await client.readResource({ uri: NOTE })).contents).toMatchObject([{ text: 'Buy tea' }])
    await expect(client.readResource({ uri: `notes://note/${NOBODYS}` })).rejects.toThrow('Resource not found')
    await expect(client.readResource({ uri: 'notes://secret/plan' })).rejects.toThrow()
    await client.close()
    await own.close()
  })
})

describe('a server with something public', () => {
  const runs: Run[] = []
  let harness: Harness
  beforeAll(async () => {
    harness = await createHarness({ offers: publicOffers(runs) })
  })
  beforeEach(() => {
    runs.length = 0
  })
  afterAll(() => harness.close())

  test('lets everybody find and read that, in both eras', async () => {
    for (const ask of ERAS) {
      const { body } = await ask(harness.app, 'resources/read', { uri: 'manual://one' })
      expect(body.result.contents).toEqual([{ uri: 'manual://one', mimeType: 'text/plain', text: 'public' }])
      expect((await ask(harness.app, 'resources/templates/list')).status).toBe(200)
    }
    expect(Object.keys(runs[0]?.context ?? {}).sort()).toEqual(['request', 'services', 'signal'])
  })

  test('lists to nobody what only a caller may know', async () => {
    for (const ask of ERAS) {
      const { body, text } = await ask(harness.app, 'resources/list')
      expect(body.result.resources.at(-1)).toMatchObject({ uri: 'manual://one' })
      expect(text).not.toContain(ADAS)
      expect(text).not.toContain('plan')
    }
    expect(runs.map(({ what }) => what)).toEqual(['list manual', 'list manual'])
  })

  test('asks for a login for everything else, whether or not it exists', async () => {
    for (const uri of [NOTE, 'notes://nothing', 'notes://all', 'manual://one/two']) {
      for (const ask of ERAS) {
        const answer = await ask(harness.app, 'resources/read', { uri })
        expect(answer.status).toBe(401)
        expect(parseChallenge(answer)).toEqual({ resource_metadata: METADATA, scope: 'notes:read', realm: 'notes' })
      }
    }
    const batch = [read('manual://one', 1), read(NOTE, 2)]
    expect((await post(harness.app, batch)).status).toBe(401)
    // No tool is public, so the list of tools is for callers.
    expect((await modern(harness.app, 'tools/list')).status).toBe(401)
    expect(runs).toEqual([])
  })

  test('a bad token is 401 even for what is public', async () => {
    const answer = await modern(harness.app, 'resources/read', { uri: 'manual://one' }, { token: 'nonsense' })
    expect(parseChallenge(answer).error).toBe('invalid_token')
    expect(runs).toEqual([])
  })
})

test('BA-19: a server without resources has no such methods', async () => {
  const harness = await createHarness()
  const token = await harness.token()
  for (const method of [
    'resources/list',
    'resources/templates/list',
    'resources/read',
    'prompts/list',
    'prompts/get',
  ]) {
    const answer = await modern(harness.app, method, { uri: NOTE, name: 'x' }, { token, headers: headerFor(method) })
    expect([answer.status, answer.body.error.code]).toEqual([404, -32601])
  }
  await harness.close()
})

function headerFor(method: string): Record<string, string> {
  return method === 'resources/read' ? { 'mcp-name': NOTE } : {}
}

test.each([
  ['no array', () => 'hunter2'],
  ['an object without variables', () => [{ uri: 'notes://hunter2' }]],
  ['a number for a variable', () => [{ variables: { id: 7 } }]],
  ['a variable by inheritance', () => [{ variables: Object.create({ id: ADAS }) }]],
  ['a title that is no text', () => [{ variables: { id: ADAS }, title: { hunter2: 1 } }]],
  ['an error', () => Promise.reject(new Error('hunter2'))],
])('a list of %s fails with a reference, and reading goes on', async (_, list) => {
  const module = { variables: { id: z.string() }, list, read: () => 'still here' }
  const note = { uri: 'notes://note/{id}', access: { access: 'authenticated' as const }, module }
  const harness = await createHarness({ offers: { resources: { note }, prompts: {} } })
  const token = await harness.token()
  const answer = await modern(harness.app, 'resources/list', {}, { token })
  expect(answer.body.error.code).toBe(-32603)
  expect(answer.text).not.toContain('hunter2')
  expect(harness.audits()).toMatchObject([{ method: 'resources/list', outcome: 'failed' }])
  expect((await modern(harness.app, 'resources/read', { uri: NOTE }, { token })).body.result.contents).toHaveLength(1)
  await harness.close()
})
