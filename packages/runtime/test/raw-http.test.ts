import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHarness, type Harness, INITIALIZE } from './support/harness.js'

/** Requests that no client library sends, written byte by byte. */
describe('over a raw connection', () => {
  let harness: Harness
  let port: number
  let token: string
  beforeAll(async () => {
    harness = await createHarness()
    await harness.app.listen({ port: 0, host: '127.0.0.1' })
    const address = harness.app.server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
    token = await harness.token()
  })
  beforeEach(() => {
    harness.audits()
  })
  afterAll(() => harness.close())

  /** The whole answer; the server ends the connection. */
  const exchange = (head: readonly string[], body = ''): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      let answer = ''
      socket
        .setEncoding('latin1')
        .on('data', (chunk) => {
          answer += chunk
        })
        .on('error', reject)
        .on('close', () => resolve(answer))
        .write(Buffer.from(`${head.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`, 'latin1'))
    })
  const status = (answer: string): number => Number(answer.slice(9, 12))
  const body = JSON.stringify(INITIALIZE)
  const json = [
    'Content-Type: application/json',
    'Accept: application/json, text/event-stream',
    `Content-Length: ${body.length}`,
  ]
  const host = 'Host: notes.example.com'
  const authorized = (): string[] => [`Authorization: Bearer ${token}`, ...json]

  test('a request in absolute form counts as one for the host in it, whatever Host says (RFC 9112 section 3.2.2)', async () => {
    const own = await exchange(['POST http://notes.example.com/mcp HTTP/1.1', host, ...authorized()], body)
    expect(status(own)).toBe(200)
    const other = await exchange(['POST http://evil.example/mcp HTTP/1.1', host, ...authorized()], body)
    expect(status(other)).toBe(421)
    expect(harness.audits().map(({ reason, host }) => [reason, host])).toEqual([
      [undefined, undefined],
      ['host-not-allowed', 'evil.example'],
    ])
  })

  test('TK-16: a token as the user of a request in absolute form is refused, and not logged', async () => {
    const answer = await exchange([`POST http://${token}@notes.example.com/mcp HTTP/1.1`, host, ...json], body)
    expect(status(answer)).toBe(421)
    expect(harness.log()).not.toContain(token.slice(0, 100))
    expect(harness.audits().map(({ host }) => host)).toEqual(['notes.example.com'])
  })

  test('two Host headers are refused, in either order (RFC 9112 section 3.2)', async () => {
    for (const hosts of [
      [host, 'Host: evil.example'],
      ['Host: evil.example', host],
      [host, host],
    ]) {
      expect(status(await exchange(['POST /mcp HTTP/1.1', ...hosts, ...authorized()], body))).toBe(400)
    }
    expect(harness.audits().map(({ reason }) => reason)).toEqual(['host-repeated', 'host-repeated', 'host-repeated'])
  })

  test.each([
    ['an Origin', 'Origin: https://evil.example'],
    ['a second Host', 'Host: evil.example'],
    ['a second token', 'Authorization: Bearer x'],
  ])('TR-34: %s behind more header lines than Node keeps does not go unseen: so many are 431', async (_, line) => {
    const head = ['POST /mcp HTTP/1.1', host, ...authorized(), ...Array<string>(2_000).fill('a:'), line]
    expect(status(await exchange(head, body))).toBe(431)
    expect(harness.audits().map(({ reason }) => reason)).toEqual(['headers-too-many'])
  })

  test('HTTP/1.0 without a Host is not for us', async () => {
    expect(status(await exchange(['POST /mcp HTTP/1.0', ...authorized()], body))).toBe(421)
  })

  test.each([
    ['a tab', (good: string) => `Bearer\t${good}`],
    ['a no-break space before the scheme', (good: string) => `\xa0Bearer ${good}`],
    ['a no-break space after the token', (good: string) => `Bearer ${good}\xa0`],
    ['a list of two', (good: string) => `Bearer ${good}, Bearer ${good}`],
    ['quotes', (good: string) => `Bearer "${good}"`],
    ['a parameter', (good: string) => `Bearer token=${good}`],
    ['no scheme', (good: string) => good],
  ])('PR-19: credentials with %s are not credentials', async (_, authorization) => {
    const head = ['POST /mcp HTTP/1.1', host, `Authorization: ${authorization(token)}`, ...json]
    expect(status(await exchange(head, body))).toBe(401)
  })

  test('PR-19: several spaces between scheme and token are fine (RFC 9110 section 11.4)', async () => {
    const head = ['POST /mcp HTTP/1.1', host, `Authorization: Bearer   ${token}`, ...json]
    expect(status(await exchange(head, body))).toBe(200)
  })

  test('TK-16: what Node cannot parse is refused, and its bytes are not logged', async () => {
    const before = harness.log().length
    for (const line of ['Content-Length: 5\r\nTransfer-Encoding: chunked', 'Content-Length: -1', 'X : y']) {
      const answer = await exchange(['POST /mcp HTTP/1.1', host, `Authorization: Bearer ${token}`, line])
      expect(status(answer)).toBe(400)
    }
    const long = await exchange([
      'POST /mcp HTTP/1.1',
      host,
      `Authorization: Bearer ${token}`,
      `X-Long: ${'x'.repeat(20_000)}`,
    ])
    expect(status(long)).toBe(431)
    const logged = harness.log().slice(before)
    expect(logged).toContain('HPE_HEADER_OVERFLOW')
    expect(logged).not.toContain('rawPacket')
    // A buffer is logged as a list of its bytes.
    expect(logged).not.toContain([...Buffer.from('Bearer')].join(','))
  })

  test('TK-16, PR-25: a URL that cannot be decoded is not repeated, neither to the client nor in the log', async () => {
    const answer = await exchange(['GET /%zz?access_token=hunter2 HTTP/1.1', host])
    expect(status(answer)).toBe(400)
    expect(answer).toContain('{"error":"invalid_request"}')
    expect(answer).not.toContain('hunter2')
    expect(harness.log()).not.toContain('hunter2')
  })

  const SECRET = 'hunter2-hunter2-hunter2-hunter2'
  const JWT = `eyJ${'a1b2'.repeat(30)}.eyJ${'c3d4'.repeat(30)}.${'e5f6'.repeat(30)}`

  test.each([
    ['a query', `/nowhere?access_token=${SECRET}`],
    ['the query of a login', `/callback?code=${SECRET}&state=${SECRET}`],
    ['the query of the endpoint', `/mcp?access_token=${SECRET}`],
    ['a query that somebody encoded into the path', `/nowhere%3Faccess_token=${SECRET}`],
    ['the same in small letters', `/nowhere%3fcode=${SECRET}`],
    ['a parameter of the path', `/nowhere;session=${SECRET}`],
    ['an encoded parameter of the path', `/nowhere%3bsession=${SECRET}`],
    ['a fragment', `/callback#access_token=${SECRET}`],
    ['a segment of the path', `/mcp/${SECRET}`],
    ['a JWT as the path', `/${JWT}`],
    ['a pair in the path', `/nowhere/code=${SECRET}/x`],
    ['a password with a slash, in absolute form', `http://ada:pa/${SECRET}@notes.example.com/mcp`],
    ['a password in absolute form', `http://ada:${SECRET}@notes.example.com/nowhere`],
    ['a JWT as the host in absolute form', `http://${JWT}/mcp`],
    ['a host that is none', `http://${SECRET}:${SECRET}/mcp`],
    ['control characters of a terminal', `/\x9b2J\x9d0;${SECRET}\x07`],
    ['bytes that are no UTF-8', `/\xff\xfe\x85${SECRET}`],
    ['encoded control characters', `/%1b%5b2J%0d%0a${SECRET}`],
    ['very much', `/${`${SECRET}/`.repeat(300)}`],
    ['very many words', `/${'word/'.repeat(2_000)}`],
  ])('TK-16: of %s in the address nothing gets into the log, and little of it', async (_, target) => {
    const before = harness.log().length
    expect([400, 401, 404, 405, 421]).toContain(status(await exchange([`GET ${target} HTTP/1.1`, host])))
    const logged = harness.log().slice(before)
    expect(logged).not.toMatch(/hunter2|a1b2|c3d4|e5f6/)
    // Whatever shows it, shows no more than letters.
    expect(logged).toMatch(/^[\x20-\x7e\n]*$/)
    expect(Math.max(...logged.split('\n').map((line) => line.length))).toBeLessThan(600)
  })

  test('what leads nowhere is found in the log by the names in it', async () => {
    const before = harness.log().length
    await exchange(['GET /v1/.well-known/oauth-authorization-server HTTP/1.1', host])
    await exchange(['POST /%6dcp HTTP/1.1', host, ...json], body)
    const paths = harness
      .log()
      .slice(before)
      .split('\n')
      .flatMap((line) => (line.includes('"took"') && line.includes('"path"') ? [JSON.parse(line).path] : []))
    expect(paths).toEqual(['/v1/.well-known/oauth-authorization-server', '/mcp'])
  })

  test.each(['/mcp/', '/MCP', '//mcp', '/mcp;x', '/mcp%2f', '/./mcp', '/mcp/../mcp', '/mcp%00'])(
    'the path %s is not the resource',
    async (path) => {
      expect(status(await exchange([`POST ${path} HTTP/1.1`, host, ...authorized()], body))).toBe(404)
    },
  )

  test.each(['/mcp?x', '/%6dcp', '/mcp#x'])('the path %s is, and is guarded like it', async (path) => {
    expect(status(await exchange([`POST ${path} HTTP/1.1`, host, ...json], body))).toBe(401)
  })

  test('PR-22: of two requests in one packet the second has no token', async () => {
    const first = ['POST /mcp HTTP/1.1', host, ...authorized(), '', body].join('\r\n')
    const answer = await exchange([`${first}POST /mcp HTTP/1.1`, host, ...json], body)
    expect([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code]) => code)).toEqual(['200', '401'])
  })
})
