// The server as its callers see it: an issuer that makes tokens, and a stand-in for the API behind the tools.
import { createTestIssuer, type TestIssuer, tampered } from '@mcp-secure/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createServer } from '../generated/server.gen.js'
import { type StandInApi, startStandInApi } from './stand-in-api.js'

const RESOURCE = 'http://localhost:3000/mcp'

let issuer: TestIssuer
let api: StandInApi
let server: Awaited<ReturnType<typeof createServer>>

beforeAll(async () => {
  issuer = await createTestIssuer({ audience: RESOURCE })
  api = await startStandInApi()
  process.env.FORECAST_API = api.url
  process.env.FORECAST_API_KEY = 'key-of-this-test'
  const environment = { NODE_ENV: 'test', MCP_RESOURCE: RESOURCE, FORECAST_ISSUER: issuer.issuer }
  server = await createServer({ environment, logger: false })
})

afterAll(async () => {
  await server.close()
  await api.stop()
  await issuer.stop()
})

beforeEach(() => {
  api.requests.length = 0
})

/** Calls a tool with a token, and nothing else between the test and the server. */
async function call(token: string | undefined, name: string, input: Record<string, unknown>) {
  const answer = await server.inject({
    method: 'POST',
    url: '/mcp',
    headers: {
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    payload: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } },
  })
  const [, data] = /^data: (.+)$/m.exec(answer.body) ?? []
  return {
    status: answer.statusCode,
    challenge: answer.headers['www-authenticate'],
    body: JSON.parse(data ?? answer.body),
  }
}

const reads = { scopes: ['forecast:read'] }

it('answers a caller whose token allows it', async () => {
  const { status, body } = await call(await issuer.issue(reads), 'get_forecast', { city: 'Graz' })
  expect(status).toBe(200)
  expect(body.result.structuredContent).toEqual({ city: 'Graz', celsius: 11, sky: 'rain' })
})

it('refuses a caller without a token, and says where to get one', async () => {
  const { status, challenge } = await call(undefined, 'get_forecast', { city: 'Graz' })
  expect(status).toBe(401)
  expect(challenge).toContain('resource_metadata="http://localhost:3000/.well-known/oauth-protected-resource/mcp"')
})

it('names the scope that is missing, and does not call the API', async () => {
  const { status, challenge } = await call(await issuer.issue(reads), 'report_weather', { city: 'Graz', sky: 'sun' })
  expect(status).toBe(403)
  expect(challenge).toContain('scope="forecast:read forecast:report"')
  expect(api.requests).toEqual([])
})

describe('refuses a token that', () => {
  it.each([
    ['expired', () => issuer.issue({ ...reads, expiresIn: -60 })],
    ['is for another server', () => issuer.issue({ ...reads, audience: 'https://other.example/mcp' })],
    ['is for another server too', () => issuer.issue({ ...reads, audience: [RESOURCE, 'https://other.example/mcp'] })],
    ['is an ID token', () => issuer.issue({ ...reads, claims: { nonce: 'n' } })],
    ['is not signed', () => issuer.issueUnsigned(reads)],
    ['was changed on the way', async () => tampered(await issuer.issue(reads))],
  ])('%s', async (_what, token) => {
    const { status, challenge } = await call(await token(), 'get_forecast', { city: 'Graz' })
    expect(status).toBe(401)
    expect(challenge).toContain('error="invalid_token"')
    expect(api.requests).toEqual([])
  })
})

it('sends the API its own key and the name of the caller, and never the token', async () => {
  const token = await issuer.issue({ scopes: ['forecast:report'], subject: 'ada' })
  await call(token, 'report_weather', { city: 'Graz', sky: 'sun' })
  expect(api.requests).toMatchObject([{ key: 'key-of-this-test', body: { city: 'Graz', sky: 'sun', reporter: 'ada' } }])
  expect(JSON.stringify(api.requests)).not.toContain(token)
})

it('takes a city as a value, never as a part of the address', async () => {
  const city = 'Graz&city=Wien/../../admin'
  await call(await issuer.issue(reads), 'get_forecast', { city })
  expect(api.requests).toMatchObject([{ path: '/forecasts', city }])
})

describe('tells the model, when the API', () => {
  it.each([
    ['knows no such city', 404, 'There is no forecast for Graz. Try a larger city nearby.'],
    ['is busy', 503, 'The forecast service is busy. Try again in a minute.'],
    ['refuses the key', 403, expect.stringMatching(/^The tool failed\. Its operator can find out why/)],
    ['sends it elsewhere', 302, 'The forecast service does not answer. Try again in a minute.'],
  ])('%s', async (_what, status, text) => {
    api.answerNext(status)
    const { body } = await call(await issuer.issue(reads), 'get_forecast', { city: 'Graz' })
    expect(body.result).toEqual({ content: [{ type: 'text', text }], isError: true })
  })
})
