import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Icon, ServerDefinition } from '../src/index.js'
import { createHarness, type Harness, INITIALIZE, MODERN, modern, post } from './support/harness.js'

const LOGO: readonly Icon[] = [{ src: 'https://notes.example.com/logo.png', mimeType: 'image/png', sizes: ['48x48'] }]
const NOTE: readonly Icon[] = [{ src: 'data:image/png;base64,iVBORw0KGgo=', theme: 'dark' }]
const PANEL = { 'com.example/panel': { wide: true } }

/** Which revision knows what, newest first. */
const REVISIONS = [
  ['2026-07-28', ['icons', '_meta']],
  ['2025-11-25', ['icons', '_meta']],
  ['2025-06-18', ['_meta']],
  ['2025-03-26', []],
] as const

describe('icons and metadata', () => {
  let harness: Harness
  let token: string

  beforeAll(async () => {
    const access = { access: 'authenticated' } as const
    harness = await createHarness({
      tools: { draw: { access, run: () => 'drawn' }, plain: { access, run: () => 'plain' } },
      offers: {
        resources: {
          fixed: { access, uri: 'notes://fixed', description: { icons: NOTE }, module: { read: () => 'text' } },
          note: {
            access,
            uri: 'notes://note/{id}',
            description: { icons: NOTE },
            module: { variables: { id: z.string() }, read: () => 'text' },
          },
        },
        prompts: { ask: { access, module: { run: () => 'Ask.' } } },
      },
      more: withIcons,
    })
    token = await harness.token()
  })
  afterAll(() => harness.close())

  function withIcons(definition: ServerDefinition): ServerDefinition {
    const { policy, schemas, promptDescriptions = {} } = definition
    const { draw, ...others } = schemas
    const { ask, ...prompts } = promptDescriptions
    if (draw === undefined || ask === undefined) throw new Error('The samples are others.')
    return {
      ...definition,
      policy: { ...policy, server: { ...policy.server, icons: LOGO } },
      schemas: { ...others, draw: { ...draw, icons: NOTE, _meta: PANEL } },
      promptDescriptions: { ...prompts, ask: { ...ask, icons: NOTE } },
    }
  }

  const list = async (revision: string, method: string): Promise<Record<string, unknown>[]> => {
    const answer =
      revision === MODERN
        ? await modern(harness.app, method, {}, { token })
        : await post(
            harness.app,
            { jsonrpc: '2.0', id: 1, method, params: {} },
            { token, headers: { 'mcp-protocol-version': revision } },
          )
    const [items = []] = Object.values(answer.body.result).filter(Array.isArray)
    return items
  }

  test.each(REVISIONS)('%s: a tool says what that revision knows', async (revision, known) => {
    const [draw, plain] = await list(revision, 'tools/list')
    const said = { icons: NOTE, _meta: PANEL }
    for (const member of ['icons', '_meta'] as const) {
      expect([member, draw?.[member]]).toEqual([member, known.some((one) => one === member) ? said[member] : undefined])
    }
    expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(['icons']))
    expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(['_meta']))
  })

  test.each(REVISIONS)('%s: so do resources, templates and prompts', async (revision, known) => {
    for (const method of ['resources/list', 'resources/templates/list', 'prompts/list']) {
      const [first] = await list(revision, method)
      expect([method, first?.icons]).toEqual([method, known.some((one) => one === 'icons') ? NOTE : undefined])
    }
  })

  test.each(REVISIONS.slice(1))('%s: the server shows its own in `initialize`', async (revision, known) => {
    const initialize = { ...INITIALIZE, params: { ...INITIALIZE.params, protocolVersion: revision } }
    const { result } = (await post(harness.app, initialize, { token })).body
    expect(result.protocolVersion).toBe(revision)
    expect(result.serverInfo).toEqual({
      name: 'notes',
      title: 'Notes',
      version: '1.0.0',
      ...(known.some((one) => one === 'icons') ? { icons: LOGO } : {}),
    })
  })

  test('2026-07-28: the server shows its own in `server/discover`, and not in every answer', async () => {
    const infoIn = async (method: string, params: object = {}): Promise<Record<string, unknown>> =>
      (await modern(harness.app, method, params, { token })).body.result._meta['io.modelcontextprotocol/serverInfo']
    expect(await infoIn('server/discover')).toMatchObject({ name: 'notes', icons: LOGO })
    expect(await infoIn('tools/list')).toEqual({ name: 'notes', title: 'Notes', version: '1.0.0' })
    expect(await infoIn('tools/call', { name: 'draw' })).toEqual({ name: 'notes', title: 'Notes', version: '1.0.0' })
  })

  test('what ChatGPT is told stands beside the metadata of the tool', async () => {
    const ask = { token, headers: { 'user-agent': 'openai-mcp/1.0.0' } }
    const { tools } = (await modern(harness.app, 'tools/list', {}, ask)).body.result
    expect(tools[0]._meta).toEqual({ ...PANEL, securitySchemes: [{ type: 'oauth2' }] })
  })
})
