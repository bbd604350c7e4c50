import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHarness, type Harness, legacy, modern, parseChallenge, post } from './support/harness.js'
import { ADAS, publicOffers, type Run, sampleOffers } from './support/offers.js'

const ERAS = [modern, legacy]
const resource = (uri: string, name: string, value = '', args?: object): object => ({
  ref: { type: 'ref/resource', uri },
  argument: { name, value },
  ...(args === undefined ? {} : { context: { arguments: args } }),
})
const prompt = (name: string, argument: string, value = '', args?: object): object => ({
  ref: { type: 'ref/prompt', name },
  argument: { name: argument, value },
  ...(args === undefined ? {} : { context: { arguments: args } }),
})

describe('completion, in both eras', () => {
  const runs: Run[] = []
  let harness: Harness
  let ada: string
  let grace: string
  let low: string
  beforeAll(async () => {
    harness = await createHarness({ offers: sampleOffers(runs) })
    ada = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
    grace = await harness.token({ scopes: ['notes:read'], subject: 'grace' })
    low = await harness.token({ subject: 'ada' })
  })
  beforeEach(() => {
    runs.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  const complete = 'completion/complete'

  test('a variable of a template gets what its resource suggests to this caller', async () => {
    for (const ask of ERAS) {
      const params = resource('notes://note/{id}', 'id', '111')
      expect((await ask(harness.app, complete, params, { token: ada })).body.result.completion).toEqual({
        values: [ADAS],
        total: 1,
        hasMore: false,
      })
      expect((await ask(harness.app, complete, params, { token: grace })).body.result.completion.values).toEqual([])
    }
    expect(harness.audits()[0]).toMatchObject({ method: complete, resource: 'note', outcome: 'answered' })
  })

  test('an argument of a prompt gets the first hundred, and is told that there are more', async () => {
    for (const ask of ERAS) {
      const { body } = await ask(harness.app, complete, prompt('summarise', 'topic', 'tea'), { token: ada })
      expect(body.result.completion.values).toHaveLength(100)
      expect(body.result.completion.values[1]).toBe('tea1')
      expect(body.result.completion).toMatchObject({ total: 150, hasMore: true })
    }
    expect(harness.audits()[0]).toMatchObject({ method: complete, prompt: 'summarise', outcome: 'answered' })
  })

  test('what was filled in besides is handed on, by the names that there are and no others', async () => {
    const args = { style: 'long', topic: 'old', other: 'x', constructor: 'y' }
    await modern(harness.app, complete, prompt('summarise', 'topic', '', args), { token: ada })
    expect(runs[0]?.context.others).toEqual({ style: 'long' })
    expect(Object.keys(runs[0]?.context ?? {}).sort()).toEqual(['caller', 'others', 'request', 'services', 'signal'])
  })

  test('what suggests nothing answers with nothing', async () => {
    const { body } = await modern(harness.app, complete, prompt('summarise', 'style'), { token: ada })
    expect(body.result.completion.values).toEqual([])
    expect(runs).toEqual([])
  })

  test('SC-29, RP-08: without the scopes of the thing itself it is 403, and nothing is suggested', async () => {
    for (const ask of ERAS) {
      for (const [params, lacks] of [
        [resource('notes://secret/{name}', 'name'), 'the scope notes:write'],
        [prompt('secret', 'plan'), 'the scopes notes:write notes:export'],
        // Also for what has no suggestions, and for names that it does not have.
        [resource('notes://files/{shelf}/{+path}', 'path'), 'the scopes notes:read notes:export'],
        [prompt('secret', 'nope'), 'the scopes notes:write notes:export'],
      ] as const) {
        const answer = await ask(harness.app, complete, params, { token: low })
        expect(answer.status).toBe(403)
        expect(parseChallenge(answer).error_description).toBe(`The access token lacks ${lacks}`)
        expect(answer.text).not.toContain('hunter2')
      }
    }
    expect(runs).toEqual([])
  })

  test('without a token, and with a bad one, it is 401', async () => {
    for (const ask of ERAS) {
      for (const token of [undefined, 'nonsense', await harness.token({ expiresIn: -60 })]) {
        const answer = await ask(harness.app, complete, prompt('summarise', 'topic'), { token })
        expect(answer.status).toBe(401)
      }
    }
    expect(runs).toEqual([])
  })

  test('a batch with one that is not allowed runs none', async () => {
    const ask = (id: number, params: object): object => ({ jsonrpc: '2.0', id, method: complete, params })
    const batch = [ask(1, prompt('summarise', 'topic')), ask(2, prompt('secret', 'plan'))]
    expect((await post(harness.app, batch, { token: ada })).status).toBe(403)
    expect(runs).toEqual([])
  })

  test('a list in the same batch does not lend its grant to what is refused', async () => {
    const list = { jsonrpc: '2.0', id: 1, method: 'resources/list' }
    const ask = { jsonrpc: '2.0', id: 2, method: complete, params: resource('notes://secret/{name}', 'name') }
    expect((await post(harness.app, [list, ask], { token: ada })).status).toBe(403)
    expect(runs).toEqual([])
  })

  test('a notification completes nothing', async () => {
    const notification = { jsonrpc: '2.0', method: complete, params: prompt('summarise', 'topic') }
    expect((await post(harness.app, notification, { token: low })).status).toBe(403)
    expect((await post(harness.app, notification, { token: ada })).status).toBe(202)
    expect(runs).toEqual([])
  })

  test.each([
    ['an unknown template', resource('notes://nope/{id}', 'id'), 'Unknown reference'],
    ['a URI of a template instead of it', resource(`notes://note/${ADAS}`, 'id'), 'Unknown reference'],
    ['an unknown prompt', prompt('nope', 'a'), 'Unknown reference'],
    ['a prompt of every object', prompt('constructor', 'a'), 'Unknown reference'],
    ['a tool', prompt('read_notes', 'limit'), 'Unknown reference'],
    ['an unknown variable', resource('notes://note/{id}', 'nope'), 'Unknown argument'],
    ['an unknown argument', prompt('summarise', 'nope'), 'Unknown argument'],
    ['an argument of every object', prompt('summarise', 'constructor'), 'Unknown argument'],
    ['a resource that has no variables', resource('notes://all', 'id'), 'Unknown argument'],
  ])('%s is -32602 without a challenge', async (_, params, message) => {
    for (const ask of ERAS) {
      const answer = await ask(harness.app, complete, params, { token: ada })
      expect(answer.body.error).toMatchObject({ code: -32602, message })
      expect(answer.headers).not.toHaveProperty('www-authenticate')
    }
    expect(runs).toEqual([])
    const outcomes = harness.audits().map(({ outcome }) => outcome)
    expect(new Set(outcomes)).toEqual(new Set([message === 'Unknown argument' ? 'invalid-input' : 'unknown-reference']))
  })

  test('what is malformed is the protocol’s to refuse', async () => {
    for (const params of [
      {},
      { ref: 'summarise', argument: { name: 'topic', value: '' } },
      { ref: { type: 'ref/other', name: 'summarise' }, argument: { name: 'topic', value: '' } },
      { ref: { type: 'ref/prompt', name: 'summarise' }, argument: { name: 'topic', value: 7 } },
      { ref: { type: 'ref/prompt', name: 'summarise' } },
    ]) {
      expect((await legacy(harness.app, complete, params, { token: ada })).body).toHaveProperty('error')
    }
    expect(runs).toEqual([])
  })

  test('a failure is told with a reference only', async () => {
    const answer = await modern(harness.app, complete, prompt('crash', 'a'), { token: low })
    expect(answer.body.error.code).toBe(-32603)
    expect(answer.text).not.toContain('hunter2')
    expect(harness.audits()).toMatchObject([{ prompt: 'crash', outcome: 'failed' }])
  })
})

describe('a server with something public', () => {
  test('suggests for that to everybody, and for nothing else', async () => {
    const runs: Run[] = []
    const harness = await createHarness({ offers: publicOffers(runs) })
    for (const ask of ERAS) {
      const { body } = await ask(harness.app, 'completion/complete', resource('manual://{page}', 'page'))
      expect(body.result.completion.values).toEqual(['public'])
      for (const params of [resource('notes://note/{id}', 'id'), prompt('summarise', 'topic'), prompt('nope', 'a')]) {
        expect((await ask(harness.app, 'completion/complete', params)).status).toBe(401)
      }
    }
    expect(runs.map(({ what }) => what)).toEqual(['complete manual', 'complete manual'])
    await harness.close()
  })
})

test('BA-18, BA-19: where nothing suggests values, completion is neither announced nor there', async () => {
  const hello = { access: { access: 'authenticated' as const }, module: { run: () => 'hello' } }
  const harness = await createHarness({ tools: {}, offers: { resources: {}, prompts: { hello } } })
  const token = await harness.token()
  const { body } = await modern(harness.app, 'server/discover', {}, { token })
  expect(body.result.capabilities).toEqual({ prompts: {} })
  for (const method of ['completion/complete', 'tools/list', 'resources/list']) {
    const answer = await modern(harness.app, method, prompt('hello', 'a'), { token })
    expect([answer.status, answer.body.error.code]).toEqual([404, -32601])
  }
  await harness.close()
})

test('what suggests anything but texts has failed', async () => {
  const access = { access: 'authenticated' as const }
  for (const suggested of ['text', [1], [null], undefined, { values: [] }]) {
    const module = { arguments: undefined, complete: { a: () => suggested }, run: () => 'x' }
    const offers = {
      resources: {},
      prompts: { p: { access, module: { ...module, arguments: schema }, arguments: [argument] } },
    }
    const harness = await createHarness({ offers })
    const answer = await modern(harness.app, 'completion/complete', prompt('p', 'a'), { token: await harness.token() })
    expect(answer.body.error.code).toBe(-32603)
    await harness.close()
  }
})

const argument = { name: 'a', required: true }
const schema = { '~standard': { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value }) } }
