// The hand-written server and the generated one, asked the same by the official client and by hand.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { createTestIssuer, type TestIssuer } from '@mcp-secure/testing'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ForecastApi } from '../api/forecast-api.js'
import { createHandWrittenServer } from '../before/server.js'
import { createServer } from '../generated/server.gen.js'
import { type StandInApi, startStandInApi } from './stand-in-api.js'

interface Place {
  readonly resource: string
  readonly issuer: TestIssuer
  close(): Promise<unknown>
}

let api: StandInApi
let before: Place
let after: Place

beforeAll(async () => {
  api = await startStandInApi()
  process.env.FORECAST_API = api.url
  process.env.FORECAST_API_KEY = 'key-of-this-test'
  before = await startBefore()
  after = await startAfter()
})

afterAll(async () => {
  await Promise.all([before.close(), after.close()])
  await Promise.all([before.issuer.stop(), after.issuer.stop(), api.stop()])
})

async function startBefore(): Promise<Place> {
  const { port, resource, issuer } = await prepare()
  const server = createHandWrittenServer({
    resource,
    issuer: issuer.issuer,
    forecasts: new ForecastApi(api.url, 'key-of-this-test'),
  })
  await once(server.listen(port, 'localhost'), 'listening')
  const close = async (): Promise<unknown> => {
    server.closeAllConnections()
    return once(server.close(), 'close')
  }
  return { resource, issuer, close }
}

async function startAfter(): Promise<Place> {
  const { port, resource, issuer } = await prepare()
  const environment = { NODE_ENV: 'test', MCP_RESOURCE: resource, FORECAST_ISSUER: issuer.issuer }
  const server = await createServer({ environment, logger: false })
  await server.listen({ host: 'localhost', port })
  return { resource, issuer, close: () => server.close() }
}

async function prepare(): Promise<{ port: number; resource: string; issuer: TestIssuer }> {
  const probe = createTcpServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  await once(probe.close(), 'close')
  const resource = `http://localhost:${port}/mcp`
  return { port, resource, issuer: await createTestIssuer({ audience: resource }) }
}

async function connect({ resource }: Place, token: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const headers = { authorization: `Bearer ${token}` }
  await client.connect(new StreamableHTTPClientTransport(new URL(resource), { requestInit: { headers } }))
  return client
}

/** A call as a client sends it in the revision that both speak. */
async function post({ resource }: Place, token: string, name: string, input: object): Promise<Response> {
  return fetch(resource, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } }),
  })
}

const forecast = ['get_forecast', { city: 'Graz' }] as const
const report = ['report_weather', { city: 'Graz', sky: 'sun' }] as const

describe('stays the same by the move:', () => {
  it('the tools, by name, title, description, hints and arguments', async () => {
    const [old, moved] = await Promise.all([before, after].map(listOfTools))
    expect(moved).toEqual(old)
    expect(moved).toHaveLength(2)
  })

  it('what a tool answers to a caller who may call it', async () => {
    const both = await Promise.all(
      [before, after].map(async (place) => {
        const client = await connect(place, await place.issuer.issue({ scopes: ['forecast:read'] }))
        const { content, structuredContent } = await client.callTool({ name: forecast[0], arguments: forecast[1] })
        await client.close()
        return { content, structuredContent }
      }),
    )
    expect(both[1]).toEqual(both[0])
    expect(both[1]?.structuredContent).toEqual({ city: 'Graz', celsius: 11, sky: 'rain' })
  })
})

async function listOfTools(place: Place): Promise<unknown> {
  const client = await connect(place, await place.issuer.issue({ scopes: ['forecast:read'] }))
  const { tools } = await client.listTools()
  await client.close()
  return tools.map(({ name, title, description, annotations, inputSchema }) => ({
    name,
    title,
    description,
    annotations,
    properties: inputSchema.properties,
    required: inputSchema.required,
  }))
}

describe('changes by the move:', () => {
  it('a missing scope is a challenge that clients act upon, and no longer a text', async () => {
    const old = await post(before, await before.issuer.issue({ scopes: ['forecast:read'] }), ...report)
    expect([old.status, await old.json()]).toMatchObject([200, { result: { isError: true } }])
    const moved = await post(after, await after.issuer.issue({ scopes: ['forecast:read'] }), ...report)
    expect(moved.status).toBe(403)
    expect(moved.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
  })

  it('the first challenge says which scopes a login is to ask for', async () => {
    const [old, moved] = await Promise.all([before, after].map(({ resource }) => fetch(resource, { method: 'POST' })))
    expect(old?.headers.get('www-authenticate')).not.toContain('scope=')
    expect(moved?.headers.get('www-authenticate')).toContain('scope="forecast:read"')
  })

  it.each([
    [
      'that another server accepts too',
      (place: Place) => ({ audience: [place.resource, 'https://other.example/mcp'] }),
    ],
    ['that is an ID token', () => ({ claims: { nonce: 'n' } })],
    ['of another kind', () => ({ type: 'logout+jwt' })],
    ['that is bound to a key', () => ({ claims: { cnf: { jkt: 'thumbprint' } } })],
    ['that does not expire', () => ({ expiresIn: null })],
  ])('a token %s is refused', async (_what, token) => {
    const statuses = [before, after].map(async (place) => {
      const scopes = ['forecast:read']
      return (await post(place, await place.issuer.issue({ scopes, ...token(place) }), ...forecast)).status
    })
    expect(await Promise.all(statuses)).toEqual([200, 401])
  })

  it('a page of another origin is refused', async () => {
    const statuses = [before, after].map(async ({ resource, issuer }) => {
      const authorization = `Bearer ${await issuer.issue({ scopes: ['forecast:read'] })}`
      const headers = {
        accept: 'application/json, text/event-stream',
        authorization,
        'content-type': 'application/json',
        origin: 'https://evil.example',
      }
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
      return (await fetch(resource, { method: 'POST', headers, body })).status
    })
    expect(await Promise.all(statuses)).toEqual([200, 403])
  })

  it('what went wrong inside is in the log, and no longer in the answer', async () => {
    const texts: string[] = []
    for (const place of [before, after]) {
      api.answerNext(403)
      const token = await place.issuer.issue({ scopes: ['forecast:read'] })
      texts.push(await (await post(place, token, ...forecast)).text())
    }
    expect(texts[0]).toContain('the forecast service answered 403')
    expect(texts[1]).not.toContain('answered 403')
    expect(texts[1]).toContain('Its operator can find out why with this reference')
  })
})
