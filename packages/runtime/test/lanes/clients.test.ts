import type { AddressInfo } from 'node:net'
import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Harness } from '../support/harness.js'
import { createPair, type Pair, type Sent } from './support/pair.js'
import { tools } from './support/tools.js'

const CLAUDE_CODE = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': {
    name: 'claude-code',
    title: 'Claude Code',
    version: '2.1.330',
    description: "Anthropic's agentic coding tool",
    websiteUrl: 'https://claude.com/claude-code',
  },
  'io.modelcontextprotocol/clientCapabilities': { roots: { listChanged: true }, elicitation: { form: {}, url: {} } },
}

/** What Claude Code 2.1.330 sends, headers and the order of members as it has them. */
function claudeCode(method: string, id: unknown, params: object = {}, headers: Record<string, string> = {}): Sent {
  return {
    headers: {
      'accept-encoding': 'identity',
      'user-agent': 'claude-code/2.1.330 (sdk-cli)',
      'mcp-method': method,
      'mcp-protocol-version': '2026-07-28',
      ...headers,
    },
    payload: JSON.stringify({ method, params: { ...params, _meta: CLAUDE_CODE }, jsonrpc: '2.0', id }),
  }
}

/** What clients of the older revisions send after `initialize`: most with a progress token in every call. */
function older(
  version: string | undefined,
  method: string,
  params?: object,
  headers: Record<string, string> = {},
): Sent {
  return {
    headers: { ...(version === undefined ? {} : { 'mcp-protocol-version': version }), ...headers },
    payload: JSON.stringify({ jsonrpc: '2.0', id: 1, method, ...(params === undefined ? {} : { params }) }),
  }
}

const READ = { name: 'read', arguments: { limit: 2 } }
const CHATGPT = { 'user-agent': 'openai-mcp/1.0.0' }

describe('what real clients send, through both lanes', () => {
  let pair: Pair
  let token: string
  beforeAll(async () => {
    pair = await createPair({ tools, server: { allowedHosts: ['127.0.0.1'] } })
    for (const { app } of [pair.both, pair.sdk]) await app.listen({ port: 0, host: '127.0.0.1' })
    token = await pair.both.token({ scopes: ['notes:read'] })
  })
  afterAll(async () => {
    const { compared, compiled } = pair.counts
    console.log(`of clients: ${compared} requests compared, ${compiled} answered by the compiled lane`)
    await pair.close()
  })

  test.each<[string, Sent, 'compiled' | 'sdk']>([
    ['Claude Code asks what there is', claudeCode('server/discover', 'server-discover-probe-1'), 'compiled'],
    ['Claude Code lists', claudeCode('tools/list', 0), 'compiled'],
    ['Claude Code calls', claudeCode('tools/call', 1, READ, { 'mcp-name': 'read' }), 'compiled'],
    [
      'Claude Code calls what it may not',
      claudeCode('tools/call', 2, { name: 'write' }, { 'mcp-name': 'write' }),
      'sdk',
    ],
    [
      'a client of 2025-11-25 calls, with a progress token',
      older('2025-11-25', 'tools/call', { _meta: { progressToken: 3 }, ...READ }),
      'compiled',
    ],
    ['a client of 2025-06-18 lists', older('2025-06-18', 'tools/list', {}), 'compiled'],
    ['a client of 2025-03-26 lists, without a header', older(undefined, 'tools/list'), 'compiled'],
    ['a client of 2024-11-05 lists', older('2024-11-05', 'tools/list'), 'sdk'],
    ['ChatGPT lists', older('2025-06-18', 'tools/list', {}, CHATGPT), 'compiled'],
    ['ChatGPT calls', older('2025-06-18', 'tools/call', READ, CHATGPT), 'compiled'],
    ['ChatGPT calls what it may not', older('2025-06-18', 'tools/call', { name: 'write' }, CHATGPT), 'sdk'],
    ['a page calls', older('2025-11-25', 'tools/call', READ, { origin: 'https://notes.example.com' }), 'compiled'],
    ['a client pings', older('2025-11-25', 'ping'), 'sdk'],
  ])('%s', async (what, sent, lane) => {
    const compared = await pair.compare({ ...sent, token })
    // What the guard refuses comes to no lane.
    const wanted = what.endsWith('may not') ? 'sdk' : lane
    expect(compared.lane).toBe(wanted)
    await pair.compare(sent)
  })

  const url = ({ app }: Harness): URL => new URL(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/mcp`)
  const withToken = (): { requestInit: RequestInit } => ({
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })

  /** What a client of the official SDK makes of a server. */
  async function used(client: Pick<ClientV2, 'listTools' | 'callTool'> | ClientV1): Promise<readonly unknown[]> {
    const call = async (name: string, args: object): Promise<unknown> => {
      try {
        return await client.callTool({ name, arguments: { ...args } })
      } catch (error) {
        return String(error)
      }
    }
    return [
      await client.listTools(),
      await call('read', { limit: 2 }),
      await call('read', { limit: 'x' }),
      await call('write', {}),
      await call('nothing', {}),
      await call('blocks', { which: ['text', 'image', 'audio', 'resource', 'blob', 'link'] }),
      await call('follow', {}),
    ]
  }

  test('@modelcontextprotocol/sdk 1.32 finds the same on both', async () => {
    const found: unknown[] = []
    for (const harness of [pair.both, pair.sdk]) {
      const client = new ClientV1({ name: 'test', version: '1' })
      // The SDK's own types do not fit exactOptionalPropertyTypes.
      await client.connect(new TransportV1(url(harness), withToken()) as Parameters<typeof client.connect>[0])
      found.push(await used(client))
      await client.close()
    }
    expect(found[0]).toEqual(found[1])
  })

  test.each(['auto', 'legacy'] as const)(
    '@modelcontextprotocol/client 2.4 finds the same on both (%s)',
    async (mode) => {
      const found: unknown[] = []
      for (const harness of [pair.both, pair.sdk]) {
        const client = new ClientV2({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
        await client.connect(new TransportV2(url(harness), withToken()))
        found.push(await used(client))
        await client.close()
      }
      expect(found[0]).toEqual(found[1])
    },
  )
})
