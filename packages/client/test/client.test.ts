// The client against a real server in this process, whose tokens a test issuer gives out.
import { serverFactory } from '@mcp-secure/runtime'
import { createTestIssuer, type TestIssuer } from '@mcp-secure/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientFactory } from '../src/index.js'

const RESOURCE = 'http://localhost:3000/mcp'
const SCOPES = { 'notes:read': ['notes:read'], 'notes:write': ['notes:write'] } as const

/** What generated types would say; here every tool takes and gives anything. */
type Anything = Record<
  'read' | 'both' | 'choose' | 'refuse' | 'fail' | 'gone' | 'then' | '__proto__',
  { readonly input?: AnySchema; readonly output?: AnySchema }
>
interface AnySchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => unknown
    readonly types?: { readonly input: unknown; readonly output: unknown }
  }
}
const anything: AnySchema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } }

let issuer: TestIssuer
let app: Awaited<ReturnType<ReturnType<typeof serverFactory>>>

beforeAll(async () => {
  issuer = await createTestIssuer({ audience: RESOURCE })
  const object = { schema: { type: 'object' }, wrapped: null } as const
  const wrapped = { schema: { type: 'object' }, wrapped: 'value' } as const
  const chosen = {
    schema: {
      type: 'object',
      properties: { value: { type: 'object', properties: { chosen: { type: 'array' } }, required: ['chosen'] } },
      required: ['value'],
    },
    wrapped: 'value',
  } as const
  const tool = (description: string, input: typeof object | typeof wrapped, output: typeof chosen | null) => ({
    description,
    input,
    output,
  })
  const authenticated = { access: 'authenticated' } as const
  app = await serverFactory({
    policy: {
      server: { name: 'notes', version: '1.0.0' },
      resource: RESOURCE,
      issuers: [{ issuer: issuer.issuer, tokens: { form: 'jwt', typ: 'at+jwt' } }],
      scopes: {
        'notes:read': { description: 'Read', baseline: true, implies: [] },
        'notes:write': { description: 'Write', baseline: false, implies: [] },
      },
      tools: {
        read: { access: 'scopes', scopes: SCOPES['notes:read'] },
        both: { access: 'scopes', scopes: ['notes:read', 'notes:write'] },
        choose: authenticated,
        refuse: authenticated,
        fail: authenticated,
        // biome-ignore lint/suspicious/noThenProperty: a tool may have this name
        then: authenticated,
      },
    },
    schemas: {
      read: tool('Reads', object, null),
      both: tool('Does both', object, null),
      choose: tool('Chooses', wrapped, chosen),
      refuse: tool('Refuses', object, null),
      fail: tool('Fails', object, null),
      // biome-ignore lint/suspicious/noThenProperty: a tool may have this name
      then: tool('Follows', object, null),
    },
    tools: {
      read: {
        run: () => ({
          content: [
            { type: 'text', text: 'one' },
            { type: 'text', text: 'two' },
          ],
        }),
      },
      both: { run: () => 'both' },
      choose: { input: anything, output: anything, run: (input) => ({ chosen: input }) },
      refuse: {
        run() {
          throw Object.assign(new Error('Ask for another one.'), { 'mcp-secure.tool-error': true })
        },
      },
      fail: {
        run() {
          throw new Error('password=hunter2')
        },
      },
      // biome-ignore lint/suspicious/noThenProperty: a tool may have this name
      then: { run: () => 'then' },
    },
  })({ environment: { NODE_ENV: 'test' }, logger: false })
})

afterAll(async () => {
  await app.close()
  await issuer.stop()
})

const factory = clientFactory<Anything>({
  server: 'notes',
  tools: {
    read: { access: 'scopes', scopes: SCOPES['notes:read'], input: { wrapped: null }, output: null },
    both: { access: 'scopes', scopes: ['notes:read', 'notes:write'], input: { wrapped: null }, output: null },
    choose: { access: 'authenticated', input: { wrapped: 'value' }, output: { wrapped: 'value' } },
    refuse: { access: 'authenticated', input: { wrapped: null }, output: null },
    fail: { access: 'authenticated', input: { wrapped: null }, output: null },
    gone: { access: 'authenticated', input: { wrapped: null }, output: null },
    // biome-ignore lint/suspicious/noThenProperty: a tool may have this name
    then: { access: 'authenticated', input: { wrapped: null }, output: null },
  },
})

/** The network, without one. */
async function inProcess(url: string | URL, init: RequestInit = {}): Promise<Response> {
  const { pathname, host } = new URL(url)
  const { body } = init
  const answer = await app.inject({
    method: init.method === 'GET' ? 'GET' : 'POST',
    url: pathname,
    headers: { ...Object.fromEntries(new Headers(init.headers)), host },
    ...(typeof body === 'string' ? { payload: body } : {}),
  })
  const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
  return new Response(answer.statusCode === 202 ? null : answer.payload, { status: answer.statusCode, headers })
}

async function clientOf(scopes: readonly string[] | null, more: { fetch?: typeof inProcess } = {}) {
  const token = scopes === null ? undefined : await issuer.issue({ scopes })
  return factory({ url: RESOURCE, authProvider: { token: async () => token }, fetch: inProcess, ...more })
}

describe('a call comes to a value', () => {
  it('as text, with all its blocks', async () => {
    const client = await clientOf(['notes:read'])
    const result = await client.tools.read()
    expect(result).toMatchObject({ ok: true, value: { text: 'one\ntwo', content: [{ text: 'one' }, { text: 'two' }] } })
    await client.close()
  })

  it('unwrapped, from an input that was wrapped', async () => {
    const client = await clientOf([])
    expect(await client.tools.choose(['a', 1])).toEqual({ ok: true, value: { chosen: ['a', 1] } })
    await client.close()
  })
})

describe('a failure comes to a value', () => {
  it('with every scope that is missing, and what to ask for: that, and what is held', async () => {
    const client = await clientOf(['notes:read'])
    expect(await client.tools.both()).toEqual({
      ok: false,
      error: 'insufficient-scope',
      missing: ['notes:write'],
      scopes: ['notes:read', 'notes:write'],
    })
    await client.close()
    const poor = await clientOf([])
    expect(await poor.tools.both()).toMatchObject({ missing: ['notes:read', 'notes:write'] })
    await poor.close()
  })

  it('with what the tool needs, where the server does not say what is missing', async () => {
    const client = await clientOf([], {
      async fetch(url, init) {
        const response = await inProcess(url, init)
        if (response.status !== 403) return response
        return new Response('{}', {
          status: 403,
          headers: { 'www-authenticate': 'Bearer error="insufficient_scope", error_description="no"' },
        })
      },
    })
    expect(await client.tools.both()).toEqual({
      ok: false,
      error: 'insufficient-scope',
      missing: ['notes:read', 'notes:write'],
      scopes: ['notes:read', 'notes:write'],
    })
    await client.close()
  })

  it.each([
    ['no token', null],
    ['a token that does not count', 'nonsense'],
  ])('when a login is needed, with %s', async (_, token) => {
    const provider = { token: async () => token ?? undefined }
    const client = factory({ url: RESOURCE, tools: ['both'], authProvider: provider, fetch: inProcess })
    expect(await client.tools.both()).toEqual({
      ok: false,
      error: 'login-required',
      scopes: ['notes:read', 'notes:write'],
      redirected: false,
    })
    await expect(client.logIn()).rejects.toThrow('made without an OAuth client')
    await client.close()
  })

  it('in the words of the tool, and without those of an error inside', async () => {
    const client = await clientOf([])
    expect(await client.tools.refuse()).toEqual({ ok: false, error: 'tool-error', text: 'Ask for another one.' })
    const failed = await client.tools.fail()
    expect(failed).toMatchObject({ ok: false, error: 'tool-error' })
    expect(JSON.stringify(failed)).not.toContain('hunter2')
    await client.close()
  })

  it('when the server knows no such tool any more', async () => {
    const client = await clientOf([])
    expect(await client.tools.gone()).toEqual({
      ok: false,
      error: 'protocol-error',
      code: -32602,
      message: expect.stringContaining('Unknown tool'),
    })
    await client.close()
  })

  it('when the server leaves out what the tool declares', async () => {
    const client = await clientOf([], {
      async fetch(url, init) {
        const response = await inProcess(url, init)
        if (!response.headers.get('content-type')?.includes('json')) return response
        const { result, ...message } = (await response.json()) as { result?: Record<string, unknown> }
        const { structuredContent: _, ...rest } = result ?? {}
        return Response.json({ ...message, ...(result === undefined ? {} : { result: rest }) }, response)
      },
    })
    expect(await client.tools.choose(['a'])).toEqual({
      ok: false,
      error: 'no-answer',
      message: 'The server answered without the structured content that the tool declares.',
      cause: expect.any(TypeError),
    })
    await client.close()
  })

  it('when nobody answers, and the next call tries again', async () => {
    let isUp = false
    const client = await clientOf(['notes:read'], {
      fetch: async (url, init) => (isUp ? inProcess(url, init) : Promise.reject(new TypeError('fetch failed'))),
    })
    expect(await client.tools.read()).toMatchObject({ ok: false, error: 'no-answer' })
    isUp = true
    expect(await client.tools.read()).toMatchObject({ ok: true })
    await client.close()
  })
})

describe('the client', () => {
  it('has the tools that it was made for and nothing else, whatever they are called', async () => {
    const client = await clientOf([])
    expect(Object.keys(client.tools)).toEqual(['read', 'both', 'choose', 'refuse', 'fail', 'gone', 'then'])
    expect(client.tools).not.toHaveProperty('constructor')
    expect(await client.tools.then()).toMatchObject({ ok: true, value: { text: 'then' } })
    expect(Object.keys(factory({ url: RESOURCE, tools: ['read'] }).tools)).toEqual(['read'])
    expect(() => factory({ url: RESOURCE, tools: ['__proto__'] })).toThrow('This server has no tool "__proto__".')
    await client.close()
  })

  it('asks for the union of the scopes of its tools', () => {
    expect(factory({ url: RESOURCE, tools: ['read', 'choose'] }).scopes).toEqual(['notes:read'])
    expect(factory({ url: RESOURCE, tools: ['both', 'read'] }).scopes).toEqual(['notes:read', 'notes:write'])
    expect(factory({ url: RESOURCE, tools: ['choose'] }).scopes).toEqual([])
  })
})
