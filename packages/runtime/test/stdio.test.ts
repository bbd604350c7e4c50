import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AccessPolicy, Changes, IssuerPolicy, UsingPolicy } from '../src/index.js'
import { definitionOf, type SampleOptions, type SampleTool } from './support/definition.js'
import { ADAS, NOBODYS, type Run, sampleOffers } from './support/offers.js'
import { type StdioHarness, stdioHarness } from './support/stdio.js'

/** Nobody is there: on stdio no issuer is asked. */
const ISSUERS: readonly IssuerPolicy[] = [
  {
    issuer: 'https://nowhere.example',
    tokens: { form: 'opaque', introspection: SECRETS() },
    tokenExchange: { form: 'rfc8693', ...SECRETS() },
  },
]

function SECRETS() {
  return { clientId: { env: 'NOT_SET' }, clientSecret: { env: 'NOT_SET_EITHER' } }
}

const ADA = { MCP_STDIO_SUBJECT: 'ada', MCP_STDIO_SCOPES: 'notes:read' }
const scopes = (...names: string[]): AccessPolicy => ({ access: 'scopes', scopes: names })

let runs: { tool: string; context: Record<string, unknown> }[] = []
const tool = (access: UsingPolicy, more: Partial<SampleTool> = {}): SampleTool => ({
  access,
  run: (_input: unknown, context: unknown) => {
    runs.push({ tool: 'ran', context: context as Record<string, unknown> })
    return 'done'
  },
  ...more,
})

const TOOLS: Record<string, SampleTool> = {
  open: tool({ access: 'public' }),
  whoami: tool({ access: 'authenticated' }),
  read: tool(scopes('notes:read'), { input: z.object({ limit: z.number().int() }) }),
  write: tool(scopes('notes:write')),
  export: tool(scopes('notes:read', 'notes:export')),
  either: tool({ access: 'any-of', anyOf: [['notes:write'], ['notes:read', 'notes:export']] }),
  purge: tool({ ...scopes('notes:write'), whenDenied: 'hide' }),
  desk: tool({ access: 'authenticated', onlyFor: { clientIds: ['desk'] } }),
  staff: tool({ access: 'authenticated', onlyFor: { issuers: ['https://nowhere.example'] } }),
  recent: tool({ access: 'authenticated', freshLogin: { maxAgeSeconds: 300 } }),
  strong: tool({ ...scopes('notes:read'), acr: ['urn:mfa'] }),
  rare: tool({ access: 'authenticated' }, { limits: { perMinute: 2 } }),
  argued: tool({ ...scopes('notes:read'), argumentScopes: ['notes:export'] } as UsingPolicy, {
    input: z.object({ all: z.boolean() }),
    argumentScopes: { pick: (input: unknown) => ((input as { all: boolean }).all ? ['notes:export'] : []) },
  }),
  ruled: tool({ ...scopes('notes:read'), authorize: true } as UsingPolicy, {
    input: z.object({ id: z.string() }),
    authorize: (request: unknown) => (request as { input: { id: string } }).input.id === 'mine',
  }),
  forward: tool(
    { access: 'authenticated', downstream: [{ audience: 'https://files.example', scopes: ['files:read'] }] },
    {
      run: (_input: unknown, context: unknown) =>
        (context as { exchangeToken(to: unknown): Promise<unknown> }).exchangeToken({
          audience: 'https://files.example',
        }),
    },
  ),
  crash: tool(
    { access: 'authenticated' },
    {
      run: () => {
        throw new Error('password=hunter2')
      },
    },
  ),
}

interface Gate {
  readonly promise: Promise<void>
  resolve(): void
}

function gateOf(): Gate {
  let resolve = (): void => {}
  const promise = new Promise<void>((opened) => {
    resolve = opened
  })
  return { promise, resolve: () => resolve() }
}

let open: StdioHarness[] = []
afterEach(async () => {
  await Promise.all(open.map((harness) => harness.close()))
  open = []
  runs = []
})

async function start(
  environment: Readonly<Record<string, string>> = ADA,
  options: Partial<SampleOptions> = {},
): Promise<StdioHarness> {
  const harness = await stdioHarness(definitionOf({ issuers: ISSUERS, tools: TOOLS, ...options }), environment)
  open.push(harness)
  return harness
}

const ERAS = ['modern', 'legacy'] as const

/** A server whose client has opened the connection in this era. */
async function opened(era: (typeof ERAS)[number], ...rest: Parameters<typeof start>): Promise<StdioHarness> {
  const harness = await start(...rest)
  if (era === 'legacy') await harness.initialize()
  else await harness.modern('server/discover')
  harness.audits()
  return harness
}

describe.each(ERAS)('stdio, %s: who may do what', (era) => {
  test('what the scopes allow is done, in the name of the subject', async () => {
    const harness = await opened(era)
    const answer = await harness[era]('tools/call', { name: 'read', arguments: { limit: 3 } })
    expect(answer.result.content).toEqual([{ type: 'text', text: 'done' }])
    expect(runs[0]?.context.caller).toEqual({
      subject: 'ada',
      clientId: 'stdio',
      issuer: 'stdio',
      scopes: ['notes:read'],
      claims: { iss: 'stdio', sub: 'ada', client_id: 'stdio' },
    })
    expect(harness.audits()).toMatchObject([
      {
        decision: 'allowed',
        tool: 'read',
        outcome: 'answered',
        subject: 'ada',
        address: 'stdio',
        held: ['notes:read'],
      },
    ])
  })

  test.each([
    ['write', 'notes:write', 'notes:write'],
    ['export', 'notes:export', 'notes:read notes:export'],
    ['either', 'notes:write', 'notes:write'],
    ['argued', 'notes:export', 'notes:read notes:export'],
  ])('PR-24: %s without %s is an error that names what is missing, and nothing runs', async (name, missing, needed) => {
    const harness = await opened(era)
    const { error, result } = await harness[era]('tools/call', { name, arguments: { all: true } })
    expect(result).toBeUndefined()
    expect(error).toEqual({
      code: 403,
      message: `Start the server with these in MCP_STDIO_SCOPES: ${missing}`,
      data: { error: 'insufficient_scope', scope: needed, missing },
    })
    expect(runs).toEqual([])
    expect(harness.audits()).toMatchObject([{ decision: 'refused', reason: 'insufficient-scope', tools: [name] }])
    expect((await harness[era]('tools/call', { name: 'whoami' })).result.content).toHaveLength(1)
  })

  test('an implied scope counts', async () => {
    const harness = await opened(era, { MCP_STDIO_SUBJECT: 'ada', MCP_STDIO_SCOPES: ' notes:write ' })
    expect((await harness[era]('tools/call', { name: 'read', arguments: { limit: 1 } })).result.isError).toBeUndefined()
  })

  test.each(['recent', 'strong'])('%s asks for a login, and there is none here', async (name) => {
    const harness = await opened(era)
    const { error } = await harness[era]('tools/call', { name })
    expect([error.code, error.data]).toEqual([401, { error: 'insufficient_user_authentication' }])
    expect(runs).toEqual([])
    expect(harness.audits()).toMatchObject([{ reason: 'login-too-weak' }])
  })

  test('no token can be exchanged for that of another service: nobody gave one', async () => {
    const harness = await opened(era)
    const { result } = await harness[era]('tools/call', { name: 'forward' })
    expect(result).toMatchObject({
      isError: true,
      content: [{ text: 'Your login is from a place that gives no access to https://files.example.' }],
    })
  })

  test('what is hidden sounds like what does not exist, and is not listed', async () => {
    const harness = await opened(era)
    const [hidden, unknown] = [
      await harness[era]('tools/call', { name: 'purge' }),
      await harness[era]('tools/call', { name: 'nothing' }),
    ]
    expect(hidden.error).toEqual(unknown.error)
    expect(hidden.error.code).toBe(-32602)
    const list = await harness[era]('tools/list')
    expect(list.result.tools.map(({ name }: { name: string }) => name)).not.toContain('purge')
    expect(runs).toEqual([])
    const allowed = await opened(era, { MCP_STDIO_SUBJECT: 'ada', MCP_STDIO_SCOPES: 'notes:write' })
    const more = await allowed[era]('tools/list')
    expect(more.result.tools.map(({ name }: { name: string }) => name)).toContain('purge')
  })

  test.each(['desk', 'staff'])('%s is for other callers: here there is no such thing', async (name) => {
    const harness = await opened(era)
    const [other, unknown] = [
      await harness[era]('tools/call', { name }),
      await harness[era]('tools/call', { name: 'nothing' }),
    ]
    expect(other.error).toEqual(unknown.error)
    expect(runs).toEqual([])
    const { tools } = (await harness[era]('tools/list')).result
    expect(tools.map((listed: { name: string }) => listed.name)).not.toContain(name)
  })

  test('a rule about the object is asked, and its no is a no', async () => {
    const harness = await opened(era)
    const { result } = await harness[era]('tools/call', { name: 'ruled', arguments: { id: 'theirs' } })
    expect([result.isError, runs]).toEqual([true, []])
    const mine = await harness[era]('tools/call', { name: 'ruled', arguments: { id: 'mine' } })
    expect(mine.result.content).toEqual([{ type: 'text', text: 'done' }])
  })

  test('without scopes only what needs none', async () => {
    const harness = await opened(era, { MCP_STDIO_SUBJECT: 'ada' })
    expect((await harness[era]('tools/call', { name: 'whoami' })).result.content).toHaveLength(1)
    expect((await harness[era]('tools/call', { name: 'read', arguments: { limit: 1 } })).error.code).toBe(403)
  })

  test('without a subject only what is public, whose handler is told of nobody', async () => {
    const harness = await opened(era, {})
    for (const name of ['whoami', 'read', 'write', 'recent', 'argued']) {
      const { error } = await harness[era]('tools/call', { name, arguments: {} })
      expect([name, error.code, error.data]).toEqual([name, 401, { error: 'login_required' }])
    }
    expect(runs).toEqual([])
    expect((await harness[era]('tools/call', { name: 'open' })).result.content).toHaveLength(1)
    expect(runs[0]?.context).not.toHaveProperty('caller')
    expect((await harness[era]('tools/list')).result.tools.length).toBeGreaterThan(1)
  })

  test('limits of tools hold', async () => {
    const harness = await opened(era)
    for (const _ of [1, 2]) expect((await harness[era]('tools/call', { name: 'rare' })).result.content).toHaveLength(1)
    const { error } = await harness[era]('tools/call', { name: 'rare' })
    expect([error.code, error.data.error, typeof error.data.retryAfter]).toEqual([429, 'too_many_requests', 'number'])
    expect(runs).toHaveLength(2)
  })

  test('limits of subjects hold', async () => {
    const harness = await opened(era, ADA, { limits: { perSubject: 4 } })
    const codes: number[] = []
    for (const _ of [1, 2, 3, 4, 5]) codes.push((await harness[era]('tools/list')).error?.code ?? 200)
    expect(codes.at(-1)).toBe(429)
    expect(codes[0]).toBe(200)
  })

  test('arguments are validated, and what is wrong is told to the model', async () => {
    const harness = await opened(era)
    const { result } = await harness[era]('tools/call', { name: 'read', arguments: { limit: 'many' } })
    expect([result.isError, runs]).toEqual([true, []])
    expect(result.content[0].text).toContain('limit')
  })

  test('a failure inside is told with a reference only', async () => {
    const harness = await opened(era)
    const { result } = await harness[era]('tools/call', { name: 'crash' })
    expect(JSON.stringify(result)).not.toContain('hunter2')
    const [reference] = /[0-9a-f-]{36}/.exec(result.content[0].text) ?? []
    expect(harness.log()).toContain(`"reqId":"${reference}"`)
  })

  test('resources, prompts and completion are decided on like tools', async () => {
    const seen: Run[] = []
    const none = await opened(era, { MCP_STDIO_SUBJECT: 'ada' }, { offers: sampleOffers(seen) })
    const uri = `notes://note/${ADAS}`
    const ref = { type: 'ref/resource', uri: 'notes://note/{id}' }
    expect((await none[era]('resources/read', { uri })).error.code).toBe(403)
    expect((await none[era]('completion/complete', { ref, argument: { name: 'id', value: '' } })).error.code).toBe(403)
    expect(seen).toEqual([])
    const ada = await opened(era, ADA, { offers: sampleOffers(seen) })
    expect((await ada[era]('resources/read', { uri })).result.contents[0].text).toBe('Buy tea')
    expect((await ada[era]('resources/list')).result.resources.map((one: { uri: string }) => one.uri)).toContain(uri)
    const missing = await ada[era]('resources/read', { uri: `notes://note/${NOBODYS}` })
    expect(missing.error.code).toBe(era === 'legacy' ? -32002 : -32602)
    const grace = await opened(era, { ...ADA, MCP_STDIO_SUBJECT: 'grace' }, { offers: sampleOffers(seen) })
    expect((await grace[era]('resources/read', { uri })).error).toMatchObject({ message: 'Resource not found' })
  })
})

describe('stdio: what the environment says', () => {
  const problem = (environment: Record<string, string>, options: Partial<SampleOptions> = {}): Promise<unknown> =>
    start(environment, options).then(
      () => 'started',
      (error: Error) => `${error.name}: ${error.message}`,
    )

  test('a scope that the policy does not have stops the start, and those that there are are named', async () => {
    const text = await problem({ MCP_STDIO_SUBJECT: 'ada', MCP_STDIO_SCOPES: 'notes:read notes:wirte *' })
    expect(text).toContain('ConfigurationError')
    expect(text).toContain('MCP_STDIO_SCOPES: this server has no scope "notes:wirte", "*"')
    expect(text).toContain('notes:read notes:export notes:write')
  })

  test('scopes for nobody stop the start', async () => {
    expect(await problem({ MCP_STDIO_SCOPES: 'notes:read' })).toContain('MCP_STDIO_SUBJECT is not set')
    expect(await problem({ MCP_STDIO_SCOPES: 'notes:read', MCP_STDIO_SUBJECT: '  ' })).toContain('MCP_STDIO_SUBJECT')
  })

  test('nobody, where nothing is public, stops the start', async () => {
    const closed = { tools: { whoami: tool({ access: 'authenticated' }) } }
    expect(await problem({}, closed)).toContain('Nothing of this server is public')
    expect(await problem({ MCP_STDIO_SUBJECT: 'ada' }, closed)).toBe('started')
  })

  test('a name that is none stops the start, and every problem is told at once', async () => {
    const text = await problem({ MCP_STDIO_SUBJECT: 'a'.repeat(3000), MCP_STDIO_SCOPES: 'nope' })
    expect(text).toContain('2 problems')
  })

  test('services are not opened by a start that fails', async () => {
    let wasOpened = 0
    const services = {
      open() {
        wasOpened += 1
      },
    }
    await problem({ MCP_STDIO_SCOPES: 'nope' }, { services })
    expect(wasOpened).toBe(0)
  })

  test('neither the resource nor an issuer is asked for', async () => {
    const harness = await start(ADA, { resource: { env: 'NOT_SET' } })
    expect((await harness.modern('tools/call', { name: 'whoami' })).result.content).toHaveLength(1)
  })
})

describe('stdio: lines that are no messages', () => {
  const after = async (harness: StdioHarness): Promise<void> => {
    expect((await harness.legacy('tools/call', { name: 'whoami' })).result.content).toHaveLength(1)
  }

  test.each([
    ['no JSON', 'garbage', -32700],
    ['half of a message', '{"jsonrpc":"2.0","id":1,', -32700],
    ['a number', '7', -32600],
    ['null', 'null', -32600],
    ['a batch of a revision without', '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600],
    ['an empty batch', '[]', -32600],
    ['no version', '{"id":1,"method":"ping"}', -32600],
    ['id null', '{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600],
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":7}', -32600],
    ['__proto__', '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"__proto__":{"a":1}}}', -32600],
    ['too deep', `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'['.repeat(99)}${']'.repeat(99)}}}`, -32600],
  ])('%s is refused, and the next one served', async (_what, line, code) => {
    const harness = await opened('legacy')
    harness.send(line)
    expect((await harness.next()).error.code).toBe(code)
    await after(harness)
  })

  test('bytes that are no UTF-8', async () => {
    const harness = await opened('legacy')
    harness.input.write(Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]))
    expect((await harness.next()).error.code).toBe(-32700)
    await after(harness)
  })

  test('a line longer than a megabyte is dropped while it comes, and the next one served', async () => {
    const harness = await opened('legacy')
    const chunk = 'x'.repeat(64 * 1024)
    for (let sent = 0; sent < 3 * 1024 * 1024; sent += chunk.length) harness.input.write(chunk)
    harness.send('')
    expect((await harness.next()).error).toEqual({ code: -32600, message: 'The line is longer than 1048576 bytes' })
    await after(harness)
  })

  test('RFC 8259 section 8.1: a byte order mark is no part of the message', async () => {
    const harness = await opened('legacy')
    harness.send('\ufeff{"jsonrpc":"2.0","id":"marked","method":"ping"}')
    expect(await harness.next()).toEqual({ jsonrpc: '2.0', id: 'marked', result: {} })
    await after(harness)
  })

  test('a message in many pieces, with CRLF, after empty lines', async () => {
    const harness = await opened('legacy')
    const message = '\n\r\n  \n{"jsonrpc":"2.0","id":"ü","method":"ping"}\r\n'
    for (const byte of Buffer.from(message)) harness.input.write(Buffer.of(byte))
    expect(await harness.next()).toEqual({ jsonrpc: '2.0', id: 'ü', result: {} })
    await after(harness)
  })

  test('an id that waits for its answer is not taken twice', async () => {
    const gate = gateOf()
    const harness = await opened('legacy', ADA, {
      tools: { ...TOOLS, slow: tool({ access: 'authenticated' }, { run: () => gate.promise.then(() => 'slow') }) },
    })
    const call = { jsonrpc: '2.0', id: 'one', method: 'tools/call', params: { name: 'slow' } }
    harness.send(call)
    harness.send(call)
    expect((await harness.next()).error.code).toBe(-32600)
    gate.resolve()
    expect((await harness.next()).result.content[0].text).toBe('slow')
    expect(harness.left()).toEqual([])
  })

  test('a notification asks for nothing, and is not answered', async () => {
    const harness = await opened('legacy')
    harness.send({ jsonrpc: '2.0', method: 'tools/call', params: { name: 'whoami' } })
    harness.send({ jsonrpc: '2.0', method: 'tools/call', params: { name: 'write' } })
    harness.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'never' } })
    harness.send({ jsonrpc: '2.0', id: 77, result: { nobody: 'asked' } })
    await after(harness)
    expect(harness.left()).toEqual([])
    expect(runs).toHaveLength(1)
  })

  test('an unknown method and an unknown version', async () => {
    const harness = await start()
    expect((await harness.modern('no/such')).error.code).toBe(-32601)
    const other = await start()
    expect((await other.initialize({}, '1999-01-01')).result.protocolVersion).toBe('2025-11-25')
    const future = await start()
    future.send({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/list',
      params: {
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2099-01-01',
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    })
    const { error } = await future.next()
    expect([error.code, error.data.requested]).toEqual([-32022, '2099-01-01'])
  })
})

describe('stdio: a connection from its beginning to its end', () => {
  const slow = (gate: Promise<void>, signals: AbortSignal[]): Record<string, SampleTool> => ({
    slow: tool(
      { access: 'authenticated' },
      {
        async run(_input: unknown, context: unknown) {
          signals.push((context as { signal: AbortSignal }).signal)
          await gate
          return 'slow'
        },
      },
    ),
  })

  test('each revision without tokens, sessions or headers', async () => {
    for (const version of ['2025-11-25', '2025-06-18', '2025-03-26']) {
      const harness = await start()
      const { result } = await harness.initialize({}, version)
      expect([result.protocolVersion, result.serverInfo.name]).toEqual([version, 'notes'])
      expect((await harness.legacy('tools/call', { name: 'whoami' })).result.content).toHaveLength(1)
      expect(harness.audits().at(-1)).toMatchObject({ protocolVersion: version })
    }
    const harness = await start()
    const { result } = await harness.modern('server/discover')
    expect(result).toMatchObject({ resultType: 'complete', supportedVersions: ['2026-07-28'] })
    expect((await harness.modern('tools/list')).result).toMatchObject({ resultType: 'complete', cacheScope: 'private' })
  })

  test('what was asked before the client closed its end is answered, and the services are closed after', async () => {
    const events: string[] = []
    const services = { open: () => ({}), close: () => void events.push('closed') }
    const harness = await start(ADA, { services })
    harness.send({ jsonrpc: '2.0', id: 1, method: 'ping' })
    harness.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'whoami' } })
    harness.input.end()
    await harness.server.ended
    expect([(await harness.next()).id, (await harness.next()).result.content.length]).toEqual([1, 1])
    expect([runs.length, events]).toEqual([1, ['closed']])
  })

  test('a call that does not end is aborted when the client is gone', async () => {
    const signals: AbortSignal[] = []
    const gate = gateOf()
    const harness = await opened('legacy', ADA, { tools: slow(gate.promise, signals) })
    harness.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'slow' } })
    await expect.poll(() => signals.length).toBe(1)
    harness.input.end()
    await harness.server.ended
    expect(signals[0]?.aborted).toBe(true)
    expect(harness.audits().at(-1)).toMatchObject({ tool: 'slow', outcome: 'abandoned' })
    gate.resolve()
  })

  test('a client that does not read any more ends it', async () => {
    const harness = await opened('legacy')
    harness.output.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    await harness.server.ended
  })

  test('close ends it', async () => {
    const harness = await opened('modern')
    harness.server.close()
    await harness.server.ended
  })

  test('a request that was taken back is not answered, and its handler hears of it', async () => {
    for (const era of ERAS) {
      const signals: AbortSignal[] = []
      const gate = gateOf()
      const harness = await opened(era, ADA, { tools: { ...TOOLS, ...slow(gate.promise, signals) } })
      const _meta =
        era === 'modern'
          ? {
              'io.modelcontextprotocol/protocolVersion': '2026-07-28',
              'io.modelcontextprotocol/clientCapabilities': {},
            }
          : {}
      harness.send({ jsonrpc: '2.0', id: 'x', method: 'tools/call', params: { name: 'slow', _meta } })
      await expect.poll(() => signals.length).toBe(1)
      harness.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'x', _meta } })
      await expect.poll(() => signals[0]?.aborted).toBe(true)
      gate.resolve()
      expect((await harness[era]('tools/call', { name: 'whoami' })).result.content).toHaveLength(1)
      expect(harness.left()).toEqual([])
      expect(harness.audits()).toContainEqual(expect.objectContaining({ tool: 'slow', outcome: 'abandoned' }))
    }
  })

  test('no more at the same time than the policy says', async () => {
    const gate = gateOf()
    const harness = await opened('legacy', ADA, {
      tools: slow(gate.promise, []),
      limits: { concurrentPerSubject: 2 },
    })
    for (const id of ['a', 'b', 'c']) {
      harness.send({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'slow' } })
    }
    const refused = await harness.next()
    expect([refused.id, refused.error.code]).toEqual(['c', 429])
    gate.resolve()
    expect([(await harness.next()).id, (await harness.next()).id]).toEqual(['a', 'b'])
  })

  test('a question to the client, in both eras', async () => {
    const ask = {
      kind: 'elicitation',
      mode: 'form',
      params: {
        message: 'Sure?',
        requestedSchema: { type: 'object', properties: { yes: { type: 'boolean' } }, required: ['yes'] },
      },
    }
    const sure = tool(
      { access: 'authenticated', uses: ['elicitation'] },
      {
        async run(_input: unknown, context: unknown) {
          const given = context as { ask: (questions: object) => Promise<{ sure: { content: { yes: boolean } } }> }
          const { sure: answer } = await given.ask({ sure: ask })
          return `said ${answer.content.yes}`
        },
      },
    )
    const older = await start(ADA, { tools: { sure } })
    await older.initialize({ elicitation: {} })
    older.send({ jsonrpc: '2.0', id: 'q', method: 'tools/call', params: { name: 'sure' } })
    const question = await older.next()
    expect([question.method, question.params.message]).toEqual(['elicitation/create', 'Sure?'])
    older.send({ jsonrpc: '2.0', id: question.id, result: { action: 'accept', content: { yes: true } } })
    expect((await older.next()).result.content[0].text).toBe('said true')

    const newer = await opened('modern', ADA, { tools: { sure } })
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
    }
    const call = (id: string, more: object): void =>
      newer.send({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'sure', ...more, _meta } })
    call('1', {})
    const { result } = await newer.next()
    expect(result.resultType).toBe('input_required')
    const inputResponses = { sure: { action: 'accept', content: { yes: false } } }
    call('2', { inputResponses, requestState: result.requestState })
    expect((await newer.next()).result.content[0].text).toBe('said false')
  })

  test('a client is told of changes that it may know of, in both eras, and of no other', async () => {
    let changes: Changes | undefined
    const services = {
      open: (boot: { readonly changes: Changes }) => {
        changes = boot.changes
      },
    }
    const offers = {
      prompts: {},
      resources: {
        note: {
          access: { ...scopes('notes:read'), subscribe: true as const },
          uri: 'notes://note/{id}',
          module: {
            variables: { id: z.string() },
            subscribe: ({ id }: { id: string }, { caller }: { caller: { subject: string } }) => id === caller.subject,
            read: () => 'text',
          },
        },
        secret: {
          access: { ...scopes('notes:write'), subscribe: true as const },
          uri: 'notes://secret',
          module: { subscribe: true, read: () => 'text' },
        },
      },
    }
    const mine = 'notes://note/ada'
    const theirs = 'notes://note/grace'
    const older = await opened('legacy', ADA, { services, offers })
    expect((await older.legacy('resources/subscribe', { uri: mine })).result).toEqual({})
    expect((await older.legacy('resources/subscribe', { uri: theirs })).error.code).toBe(-32002)
    expect((await older.legacy('resources/subscribe', { uri: 'notes://secret' })).error.code).toBe(403)
    for (const uri of [theirs, 'notes://secret', mine]) changes?.resource(uri)
    expect((await older.next()).params).toEqual({ uri: mine })
    await older.legacy('resources/unsubscribe', { uri: mine })
    changes?.resource(mine)
    expect((await older.legacy('ping')).result).toEqual({})
    expect(older.left()).toEqual([])

    const newer = await opened('modern', ADA, { services, offers })
    const listen = async (uris: readonly string[]): ReturnType<typeof newer.modern> =>
      newer.modern('subscriptions/listen', { notifications: { resourceSubscriptions: uris } })
    expect((await listen([mine, 'notes://secret'])).error.code).toBe(403)
    const acknowledged = await listen([theirs, mine, 'notes://nowhere'])
    expect(acknowledged.method).toBe('notifications/subscriptions/acknowledged')
    expect(acknowledged.params.notifications.resourceSubscriptions).toEqual([mine])
    for (const uri of [theirs, 'notes://secret', mine]) changes?.resource(uri)
    const told = await newer.next()
    expect([told.method, told.params.uri]).toEqual(['notifications/resources/updated', mine])
    expect((await newer.modern('tools/list')).result.tools.length).toBeGreaterThan(0)
    expect(newer.left()).toEqual([])
  })

  test('a client of an older revision watches a thousand resources at once, each as often as it likes', async () => {
    const offers = {
      prompts: {},
      resources: {
        note: {
          access: { ...scopes('notes:read'), subscribe: true as const },
          uri: 'notes://note/{id}',
          module: { variables: { id: z.string() }, subscribe: () => true, read: () => 'text' },
        },
      },
    }
    const harness = await opened('legacy', ADA, { offers })
    const [first = '', ...others] = Array.from({ length: 1_001 }, (_, index) => `notes://note/${index}`)
    const last = others.pop() ?? ''
    const subscribe = (uri: string) => harness.legacy('resources/subscribe', { uri })
    for (const uri of [first, ...others]) expect((await subscribe(uri)).result).toEqual({})
    expect((await subscribe(last)).error).toEqual({ code: -32603, message: 'Subscription limit reached' })
    expect((await subscribe(first)).result).toEqual({})
    await harness.legacy('resources/unsubscribe', { uri: first })
    expect((await subscribe(last)).result).toEqual({})
  })

  test('where nothing changes there is nothing to listen to', async () => {
    const harness = await opened('modern')
    expect((await harness.modern('subscriptions/listen', { notifications: {} })).error.code).toBe(-32601)
  })
})
