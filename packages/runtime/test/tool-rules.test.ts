import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Gate, type SampleTool, sampleTools } from './support/definition.js'
import { createHarness, type Harness, INITIALIZE, legacy, MODERN, modern, post } from './support/harness.js'

const access = { access: 'authenticated' } as const
const ERAS = [
  ['2026-07-28', modern],
  ['2025-11-25', legacy],
] as const

interface Listed {
  readonly name: string
  readonly inputSchema: Record<string, unknown>
  readonly outputSchema?: Record<string, unknown>
}

describe.each(ERAS)('tools in %s', (_revision, ask) => {
  let harness: Harness
  let token: string
  beforeAll(async () => {
    const witness = { calls: [], waiting: () => new Promise<never>(() => {}), finishWaiting: () => {} }
    const number: SampleTool = { access, output: z.number(), wrapped: 'value', run: () => 7 }
    // The harness says of what begins with read that it only reads.
    const guarded: SampleTool = { access: { access: 'scopes', scopes: ['notes:write'] }, run: () => 'done' }
    harness = await createHarness({
      tools: { ...sampleTools(witness, new Gate()), number, read_guarded: guarded, write_guarded: guarded },
    })
    token = await harness.token({ scopes: ['notes:read'] })
  })
  afterAll(() => harness.close())
  const list = async (): Promise<readonly Listed[]> =>
    (await ask(harness.app, 'tools/list', {}, { token })).body.result.tools

  test('TO-01: are declared', async () => {
    const discovered = await modern(harness.app, 'server/discover', {}, { token })
    const initialized = await post(harness.app, INITIALIZE, { token })
    expect(discovered.body.result.capabilities.tools).toEqual({})
    expect(initialized.body.result.capabilities.tools).toEqual({})
  })

  test('TO-03, TO-04, TO-05, TO-07, TO-30: have a name, an input that is an object, and no more than their revision has', async () => {
    const tools = await list()
    expect(tools).toHaveLength(12)
    for (const { name, inputSchema, ...rest } of tools) {
      expect(name).toMatch(/^[A-Za-z0-9_.-]{1,128}$/)
      expect(inputSchema.type).toBe('object')
      expect(rest).not.toHaveProperty('execution')
    }
    expect(new Set(tools.map(({ name }) => name)).size).toBe(12)
    expect(tools.find(({ name }) => name === 'whoami')?.inputSchema).toEqual({
      type: 'object',
      additionalProperties: false,
    })
  })

  test('TO-06: say at the top of an input what every client knows, and the rest below', async () => {
    const choose = (await list()).find(({ name }) => name === 'choose')
    expect(Object.keys(choose?.inputSchema ?? {}).sort()).toEqual(['properties', 'required', 'type'])
    expect(JSON.stringify(choose?.inputSchema.properties)).toContain('anyOf')
  })

  test('TO-12, TO-14, TL-27: say and return objects, whatever the handler returns', async () => {
    for (const { outputSchema } of await list()) if (outputSchema) expect(outputSchema.type).toBe('object')
    const call = async (name: string, args: object = {}): Promise<unknown> =>
      (await ask(harness.app, 'tools/call', { name, arguments: args }, { token })).body.result.structuredContent
    expect(await call('number')).toEqual({ value: 7 })
    expect(await call('choose', { value: { a: 'x' } })).toEqual({ value: ['{"a":"x"}'] })
  })

  test('TO-15, TO-16: return content in any case, and what is structured as the same text', async () => {
    for (const name of ['whoami', 'read_notes', 'number', 'complain', 'crash', 'lie']) {
      const { result } = (await ask(harness.app, 'tools/call', { name, arguments: {} }, { token })).body
      expect([name, Array.isArray(result.content), result.content.length > 0]).toEqual([name, true, true])
      if (result.structuredContent === undefined) continue
      expect(JSON.parse(result.content[0].text)).toEqual(result.structuredContent)
    }
  })

  test('TO-20: stand in the same order however often they are asked for', async () => {
    const names = (await list()).map(({ name }) => name)
    expect((await list()).map(({ name }) => name)).toEqual(names)
    expect(names).toEqual([...names].sort())
  })

  test('TO-21: are decided on by their access: what says that it only reads is not let through for that', async () => {
    for (const name of ['read_guarded', 'write_guarded']) {
      const { status } = await ask(harness.app, 'tools/call', { name, arguments: {} }, { token })
      expect([name, status]).toEqual([name, 403])
    }
  })

  test('TO-29: have a title at their top', async () => {
    for (const tool of await list()) expect(tool).toMatchObject({ title: `The tool ${tool.name}` })
  })
})

test('TO-02: where there are none, the list is there and empty', async () => {
  const harness = await createHarness({ tools: {} })
  const token = await harness.token()
  for (const [, ask] of ERAS) {
    expect((await ask(harness.app, 'tools/list', {}, { token })).body.result.tools).toEqual([])
    const call = await ask(harness.app, 'tools/call', { name: 'nobody' }, { token })
    expect(call.body.error.code).toBe(-32602)
  }
  await harness.close()
})

describe('what a client is asked', () => {
  const seen: string[][] = []
  let harness: Harness
  let ada: string
  beforeAll(async () => {
    const nothing = (context: unknown): readonly string[] => {
      seen.push(Object.keys(context as object))
      return []
    }
    harness = await createHarness({
      tools: {
        asking: {
          access: { access: 'scopes', scopes: ['notes:write'], uses: ['elicitation'] },
          async run(_input: unknown, context: unknown) {
            const params = {
              message: 'Who?',
              requestedSchema: { type: 'object', properties: { a: { type: 'string' } } },
            }
            const { ask } = context as { ask(questions: object): Promise<unknown> }
            return JSON.stringify(await ask({ who: { kind: 'elicitation', mode: 'form', params } }))
          },
        },
      },
      offers: {
        resources: {
          note: {
            uri: 'notes://note/{id}',
            access,
            module: {
              variables: { id: z.string() },
              list: nothing,
              complete: { id: (_value: string, context: unknown) => nothing(context) },
              read: () => 'note',
            },
          },
        },
        prompts: {},
      },
    })
    ada = await harness.token({ scopes: ['notes:write'], subject: 'ada' })
  })
  afterAll(() => harness.close())

  const call = (token: string, more: object = {}): ReturnType<typeof post> =>
    post(
      harness.app,
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: {
          name: 'asking',
          ...more,
          _meta: {
            'io.modelcontextprotocol/protocolVersion': MODERN,
            'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
          },
        },
      },
      { token, headers: { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': 'asking' } },
    )

  test('TO-25: is asked by calls, gets and reads alone: what lists and suggests has nothing to ask with', async () => {
    await modern(harness.app, 'resources/list', {}, { token: ada })
    const params = { ref: { type: 'ref/resource', uri: 'notes://note/{id}' }, argument: { name: 'id', value: '' } }
    await modern(harness.app, 'completion/complete', params, { token: ada })
    expect(seen).toHaveLength(2)
    for (const names of seen) expect(names).not.toContain('ask')
  })

  test('CA-05: is not to be kept', async () => {
    const { result } = (await call(ada)).body
    expect(result.resultType).toBe('input_required')
    expect(result).not.toHaveProperty('ttlMs')
    expect(result).not.toHaveProperty('cacheScope')
  })

  test('MR-08: leads nowhere for who comes back with less than the call needs', async () => {
    const { requestState } = (await call(ada)).body.result
    const more = { requestState, inputResponses: { who: { action: 'accept', content: { a: 'x' } } } }
    const low = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
    const refused = await call(low, more)
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([
      403,
      expect.stringContaining('error="insufficient_scope"'),
    ])
    expect((await call(ada, more)).body.result.content[0].text).toContain('accept')
  })
})
