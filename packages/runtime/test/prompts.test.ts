import type { AddressInfo } from 'node:net'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHarness, type Harness, legacy, modern, parseChallenge, post } from './support/harness.js'
import { publicOffers, type Run, sampleOffers } from './support/offers.js'

const METADATA = 'https://notes.example.com/.well-known/oauth-protected-resource/mcp'
const ERAS = [modern, legacy]
const get = (name: string, id = 1, args: object = {}): object => ({
  jsonrpc: '2.0',
  id,
  method: 'prompts/get',
  params: { name, arguments: args },
})

describe('prompts, in both eras', () => {
  const runs: Run[] = []
  let harness: Harness
  let ada: string
  let low: string
  beforeAll(async () => {
    harness = await createHarness({ offers: sampleOffers(runs) })
    ada = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
    low = await harness.token({ subject: 'ada' })
  })
  beforeEach(() => {
    runs.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  test('SC-20: the list is in the order of names, with arguments, and the same for everybody with a token', async () => {
    for (const ask of ERAS) {
      const { body } = await ask(harness.app, 'prompts/list', {}, { token: low })
      const names = body.result.prompts.map(({ name }: { name: string }) => name)
      expect(names).toEqual(['complain', 'crash', 'hello', 'lie', 'nothing', 'secret', 'summarise'])
      expect(body.result.prompts[6]).toEqual({
        name: 'summarise',
        description: 'Says summarise',
        arguments: [
          { name: 'topic', description: 'What about', required: true },
          { name: 'style', required: false },
        ],
      })
      expect(body.result.prompts[2]).not.toHaveProperty('arguments')
      const other = await ask(harness.app, 'prompts/list', {}, { token: ada })
      expect(other.body.result).toEqual(body.result)
    }
    expect(runs).toEqual([])
  })

  test('CA-01: the list may be kept, by its own reader', async () => {
    const { body } = await modern(harness.app, 'prompts/list', {}, { token: ada })
    expect(body.result).toMatchObject({ resultType: 'complete', ttlMs: 60_000, cacheScope: 'private' })
  })

  test('TO-27: a cursor that was never given out is -32602', async () => {
    for (const ask of ERAS) {
      const answer = await ask(harness.app, 'prompts/list', { cursor: 'Mg==' }, { token: ada })
      expect(answer.body.error).toMatchObject({ code: -32602, message: 'Unknown cursor' })
    }
  })

  test('RP-07: a text is one message of the user, and the arguments are parsed', async () => {
    for (const ask of ERAS) {
      const params = { name: 'summarise', arguments: { topic: 'tea' } }
      const { body } = await ask(harness.app, 'prompts/get', params, { token: ada })
      expect(body.result).toMatchObject({
        description: 'Says summarise',
        messages: [{ role: 'user', content: { type: 'text', text: 'Summarise {"topic":"tea","style":"short"}' } }],
      })
    }
    expect(Object.keys(runs[0]?.context ?? {}).sort()).toEqual(['caller', 'request', 'services', 'signal'])
  })

  test('RP-07: messages leave with what they are made of and nothing else', async () => {
    const { body, text } = await modern(harness.app, 'prompts/get', { name: 'hello' }, { token: low })
    expect(body.result.messages).toEqual([
      { role: 'user', content: { type: 'text', text: 'Hello?' } },
      { role: 'assistant', content: { type: 'image', data: 'aGk=', mimeType: 'image/png' } },
    ])
    expect(text).not.toContain('hunter2')
  })

  test('SC-29, SC-11: without the scopes it is 403 with one complete challenge', async () => {
    for (const ask of ERAS) {
      const answer = await ask(harness.app, 'prompts/get', { name: 'secret', arguments: {} }, { token: ada })
      expect(answer.status).toBe(403)
      expect(answer.body).toEqual({ error: 'insufficient_scope' })
      expect(parseChallenge(answer)).toEqual({
        error: 'insufficient_scope',
        error_description: 'The access token lacks the scopes notes:write notes:export',
        scope: 'notes:read notes:export notes:write',
        resource_metadata: METADATA,
        realm: 'notes',
      })
    }
    expect(runs).toEqual([])
    expect(harness.audits()[0]).toMatchObject({
      reason: 'insufficient-scope',
      tools: [],
      prompts: ['secret'],
      needed: ['notes:write', 'notes:export'],
    })
  })

  test('without a token, and with a bad one, it is 401', async () => {
    for (const method of ['prompts/get', 'prompts/list']) {
      for (const ask of ERAS) {
        for (const token of [undefined, 'nonsense', await harness.token({ expiresIn: -60 })]) {
          const answer = await ask(harness.app, method, { name: 'hello' }, { token })
          expect(answer.status).toBe(401)
          expect(parseChallenge(answer).error).toBe(token === undefined ? undefined : 'invalid_token')
        }
      }
    }
    expect(runs).toEqual([])
  })

  test('a batch of everything is decided as a whole', async () => {
    const tool = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'delete_note' } }
    const resource = { jsonrpc: '2.0', id: 3, method: 'resources/read', params: { uri: 'notes://files/a/b' } }
    const answer = await post(harness.app, [get('hello', 1), tool, resource, get('secret', 4)], { token: low })
    expect(answer.status).toBe(403)
    expect(parseChallenge(answer)).toMatchObject({
      scope: 'notes:read notes:export notes:write',
      error_description: 'The access token lacks the scopes notes:write notes:read notes:export',
    })
    expect(harness.audits()).toMatchObject([{ tools: ['delete_note'], resources: ['file'], prompts: ['secret'] }])
    expect(runs).toEqual([])
  })

  test('a notification gets nothing, and needs the scope all the same', async () => {
    const { id: _id, ...notification } = get('summarise', 1, { topic: 'tea' }) as { id: number }
    expect((await post(harness.app, notification, { token: low })).status).toBe(403)
    expect((await post(harness.app, notification, { token: ada })).status).toBe(202)
    expect(runs).toEqual([])
  })

  test('RP-06, SC-22: an unknown prompt is -32602 without a challenge', async () => {
    for (const name of ['nope', 'constructor', '__proto__', 'toString', 'SECRET', 'delete_note', '']) {
      const answer = await legacy(harness.app, 'prompts/get', { name }, { token: low })
      expect([answer.status, answer.body.error]).toEqual([200, { code: -32602, message: 'Unknown prompt' }])
      expect(answer.headers).not.toHaveProperty('www-authenticate')
    }
    expect((await modern(harness.app, 'prompts/get', { name: 'nope' }, { token: low })).body.error.code).toBe(-32602)
    expect(new Set(harness.audits().map(({ outcome }) => outcome))).toEqual(new Set(['unknown-prompt']))
  })

  test.each([
    ['a missing one', {}, '- topic: '],
    ['one that is too short', { topic: 'a' }, '- topic: '],
    ['one that is not among those allowed', { topic: 'tea', style: 'loud' }, '- style: '],
    ['one that nobody knows', { topic: 'tea', other: 'x' }, '- other: this prompt has no such argument'],
    ['one of every object', { topic: 'tea', constructor: 'x' }, '- constructor: '],
  ])('RP-06: arguments with %s are -32602, field by field, and nothing runs', async (_, args, says) => {
    for (const ask of ERAS) {
      const answer = await ask(harness.app, 'prompts/get', { name: 'summarise', arguments: args }, { token: ada })
      expect(answer.body.error.code).toBe(-32602)
      expect(answer.body.error.message).toContain('The arguments of summarise are not valid:')
      expect(answer.body.error.message).toContain(says)
    }
    expect(runs).toEqual([])
    expect(harness.audits()).toMatchObject([{ prompt: 'summarise', outcome: 'invalid-input' }, {}])
  })

  test('arguments that are no texts are the protocol’s to refuse', async () => {
    for (const args of [{ topic: 7 }, { topic: ['tea'] }, 'tea', ['tea']]) {
      const answer = await legacy(harness.app, 'prompts/get', { name: 'summarise', arguments: args }, { token: ada })
      expect(answer.body).toHaveProperty('error')
    }
    expect(runs).toEqual([])
  })

  test('a prompt without arguments takes none', async () => {
    const answer = await modern(harness.app, 'prompts/get', { name: 'hello', arguments: { a: 'b' } }, { token: low })
    expect(answer.body.error.code).toBe(-32602)
    expect(runs).toEqual([])
  })

  test('TR-24: a header that says another prompt is 400, and the decision reads the body', async () => {
    const headers = { 'mcp-name': 'hello' }
    expect((await modern(harness.app, 'prompts/get', { name: 'secret' }, { token: low, headers })).status).toBe(403)
    const answer = await modern(harness.app, 'prompts/get', { name: 'complain' }, { token: low, headers })
    expect([answer.status, answer.body.error.code]).toEqual([400, -32020])
    expect(runs).toEqual([])
  })

  test('a failure meant for the caller is told, any other with a reference only', async () => {
    const told = await modern(harness.app, 'prompts/get', { name: 'complain' }, { token: low })
    expect(told.body.error).toMatchObject({ code: -32602, message: 'There are no notes.' })
    for (const name of ['crash', 'lie', 'nothing']) {
      for (const ask of ERAS) {
        const answer = await ask(harness.app, 'prompts/get', { name }, { token: low })
        expect(answer.body.error.code).toBe(-32603)
        expect(answer.text).not.toContain('hunter2')
        const [reference] = /[0-9a-f-]{36}/.exec(answer.body.error.message) ?? []
        expect(harness.log()).toContain(`"reqId":"${reference}"`)
        expect(harness.log()).toContain(`the prompt ${name} failed`)
      }
    }
    const outcomes = harness.audits().map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['prompt-error', ...Array(6).fill('failed')])
  })

  test('SC-28: the record names the prompt, and neither arguments nor messages', async () => {
    await modern(harness.app, 'prompts/get', { name: 'summarise', arguments: { topic: 'my secret' } }, { token: ada })
    expect(harness.audits()).toMatchObject([
      { decision: 'allowed', method: 'prompts/get', prompt: 'summarise', needed: ['notes:read'], outcome: 'answered' },
    ])
    expect(harness.log()).not.toContain('my secret')
  })

  test.each([
    ['@modelcontextprotocol/client 2.4 in the newer era', 'auto' as const],
    ['@modelcontextprotocol/client 2.4 in the older era', 'legacy' as const],
  ])('%s lists, gets and completes', async (_, mode) => {
    const own = await createHarness({ offers: sampleOffers(runs), resource: 'http://127.0.0.1/mcp' })
    await own.app.listen({ port: 0, host: '127.0.0.1' })
    const url = new URL(`http://127.0.0.1:${(own.app.server.address() as AddressInfo).port}/mcp`)
    const token = await own.token({ scopes: ['notes:read'], subject: 'ada', audience: 'http://127.0.0.1/mcp' })
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
    const requestInit = { headers: { authorization: `Bearer ${token}` } }
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }))
    expect((await client.listPrompts()).prompts).toHaveLength(7)
    const prompt = await client.getPrompt({ name: 'summarise', arguments: { topic: 'tea', style: 'long' } })
    expect(prompt.messages).toMatchObject([{ role: 'user' }])
    const ref = { type: 'ref/prompt' as const, name: 'summarise' }
    const { completion } = await client.complete({ ref, argument: { name: 'topic', value: 't' } })
    expect(completion).toMatchObject({ total: 150, hasMore: true })
    await expect(client.getPrompt({ name: 'secret', arguments: { plan: 'x' } })).rejects.toThrow()
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

  test('lets everybody find and get that, in both eras, and learns of no caller', async () => {
    for (const token of [undefined, await harness.token()]) {
      for (const ask of ERAS) {
        expect((await ask(harness.app, 'prompts/list', {}, { token })).status).toBe(200)
        const { body } = await ask(harness.app, 'prompts/get', { name: 'about' }, { token })
        expect(body.result.messages).toEqual([{ role: 'user', content: { type: 'text', text: 'public' } }])
      }
    }
    for (const { context } of runs) expect(Object.keys(context).sort()).toEqual(['request', 'services', 'signal'])
  })

  test('and asks for a login for everything else, whether or not it exists', async () => {
    for (const body of [get('hello'), get('secret'), get('nope'), [get('about', 1), get('hello', 2)]]) {
      const answer = await post(harness.app, body)
      expect(answer.status).toBe(401)
      expect(parseChallenge(answer)).toEqual({ resource_metadata: METADATA, scope: 'notes:read', realm: 'notes' })
    }
    expect(runs).toEqual([])
  })
})

test('where only a tool is public, the lists of resources and prompts are for callers', async () => {
  const about = { access: { access: 'public' as const }, run: () => 'public' }
  const harness = await createHarness({ tools: { about }, offers: sampleOffers([]) })
  expect((await modern(harness.app, 'tools/list')).status).toBe(200)
  for (const method of ['prompts/list', 'resources/list', 'resources/templates/list']) {
    for (const ask of ERAS) expect((await ask(harness.app, method)).status).toBe(401)
  }
  await harness.close()
})
