import { describe, expect, it } from 'vitest'
import { systemLookup } from '../../dist/doctor/addresses.js'
import { asText } from '../../dist/doctor/as-text.js'
import { type Asking, ask, type Question } from '../../dist/doctor/ask.js'
import { reachable } from '../../dist/doctor/checks/reachable.js'
import { examineServer } from '../../dist/doctor/examine-server.js'
import { reachOf } from '../../dist/doctor/look.js'
import { quoted, withoutQuery } from '../../dist/doctor/quoted.js'
import { readChallenge } from '../../dist/doctor/read-challenge.js'
import { answer, documentAt, ISSUER_METADATA, METADATA, standIn } from './support/stand-in.js'

const HERE: Asking = { lookup: systemLookup, limitMs: 10_000, reach: 'anywhere' }
const question = (url: string, body: Question['body'] = 'read'): Question => ({
  method: 'GET',
  url,
  accept: 'application/json',
  body,
})
/** What a terminal acts on, and what hides or reorders text. */
const ACTS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
const NASTY = '\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n\u202egnp\u200b\u2028\\u{1b}'

describe('what another server says', () => {
  it.each([
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\r\nok  all fine', 'a\\u{d}\\u{a}ok  all fine'],
    ['\u009b2J', '\\u{9b}2J'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\u200bb\u2028c', 'a\\u{200b}b\\u{2028}c'],
    ['\\u{1b}', '\\\\u{1b}'],
    ['\ud800', '\\u{d800}'],
    ['nötig', 'nötig'],
  ])('%j is printed as %s', (text, shown) => {
    expect(quoted(text)).toBe(shown)
  })

  it('is cut, and not within a character', () => {
    expect(quoted('x'.repeat(160))).toBe('x'.repeat(160))
    expect(quoted('x'.repeat(1000))).toBe(`${'x'.repeat(160)}…`)
    expect(quoted('\u{1f600}'.repeat(500))).toBe(`${'\u{1f600}'.repeat(160)}…`)
  })

  it.each([
    [null, 'null'],
    [undefined, 'nothing'],
    [7, '7'],
    [['a'], '["a"]'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j, which is no text, is shown all the same', (value, shown) => {
    expect(quoted(value)).toBe(shown)
  })

  it.each([
    ['https://a.example/login?state=s#f', 'https://a.example/login'],
    ['/login?state=s', 'https://b.example/login'],
    ['javascript:alert(1)', 'javascript:'],
    ['http://[', 'http://['],
    ['http://[?state=s', 'http://['],
    ['', 'https://b.example/mcp'],
  ])('a redirect to %j is shown as %s', (location, shown) => {
    expect(withoutQuery(location, 'https://b.example/mcp')).toBe(shown)
  })

  it('reaches neither a terminal nor the lines of the report, wherever it stands', async () => {
    const { url } = await standIn((routes, { origin }) => {
      const nasty = `${origin}/x${NASTY}`
      const resource = documentAt(routes, METADATA)
      Object.assign(resource, { resource: nasty, [NASTY]: null })
      resource.authorization_servers = [`${origin}/as`, nasty, NASTY]
      Object.assign(documentAt(routes, ISSUER_METADATA), {
        issuer: nasty,
        token_endpoint: NASTY,
        scopes_supported: [NASTY],
        jwks_uri: nasty,
      })
      routes['/mcp'] = {
        status: 401,
        // A header cannot hold more than a C1 control character.
        headers: { 'www-authenticate': 'Bearer resource_metadata="\u009b2J", scope="\u009b1m", error="\u009b3m"' },
      }
    })
    const groups = await examineServer(url, { lookup: systemLookup, limitMs: 10_000, declaresPublic: null })
    const texts = groups.flatMap(({ title, findings }) => [
      title,
      ...findings.flatMap(({ text, cure }) => [text, cure ?? '']),
    ])
    expect(texts.filter((text) => ACTS.test(text))).toEqual([])
    expect(texts.join('\n')).toContain('\\u{1b}]0;owned\\u{7}')
    expect(texts.join('\n')).toContain('\\u{9b}2J')
    const printed = asText(groups, (_color, text) => text)
    expect(printed.replaceAll('\n', '')).not.toMatch(ACTS)
    expect(JSON.stringify(groups)).not.toMatch(ACTS)
  })

  it('is read as a challenge in a time that grows with its length', () => {
    for (const line of ['a'.repeat(16_000), 'a='.repeat(8_000), `a="${'\\'.repeat(16_000)}`, 'a="'.repeat(5_000)]) {
      expect(readChallenge(`Bearer ${line}`)?.resourceMetadata).toBeNull()
    }
  })
})

describe('what is asked', () => {
  it.each(['file:///etc/passwd', 'ftp://a.example/x', 'data:application/json,{}', '/metadata', '', 'https://'])(
    '%j is not',
    async (url) => {
      const reply = await ask(question(url), HERE)
      expect(reply).toMatchObject({ kind: 'silence', cause: 'is no http or https URL' })
    },
  )

  it('nothing on this computer, or in its network, for a server in public', async () => {
    const { url, requests } = await standIn(() => undefined)
    const open: Asking = { ...HERE, reach: 'public' }
    expect(await ask(question(url), open)).toMatchObject({
      cause: 'is on this computer alone: nobody else gets there',
    })
    expect(await ask(question('https://169.254.169.254/latest'), open)).toMatchObject({
      cause: 'is in a private network: nobody else gets there',
    })
    expect(requests).toEqual([])
  })

  it.each(['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fe80::1%eth0', 'fd00::1', '::ffff:10.0.0.1'])(
    'no name in public that leads to %s',
    async (address) => {
      const lookup = async () => [
        { address: '203.0.113.7', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ]
      const reply = await ask(question('https://a.example/x'), { ...HERE, reach: 'public', lookup })
      expect(reply).toMatchObject({ kind: 'silence', cause: `leads to ${address}, in a private network` })
    },
  )

  it.each([
    ['https://a.example/mcp', ['203.0.113.7'], 'public'],
    ['https://a.example/mcp', [], 'public'],
    ['https://a.example/mcp', ['203.0.113.7', '10.0.0.7'], 'public'],
    ['https://a.example/mcp', ['10.0.0.7'], 'anywhere'],
    ['https://a.internal/mcp', [], 'anywhere'],
    ['http://localhost:3000/mcp', ['127.0.0.1'], 'anywhere'],
  ])('what %s at %j names may be in: %s', (url, addresses, reach) => {
    expect(
      reachOf(
        url,
        addresses.map((address) => ({ address, family: 4 })),
      ),
    ).toBe(reach)
  })

  it('an answer that stops half-way is given up after the limit', async () => {
    const { url } = await standIn((routes) => {
      routes['/mcp'] = { stops: 'headers' }
    })
    expect(await ask(question(url), { ...HERE, limitMs: 300 })).toMatchObject({
      kind: 'silence',
      cause: 'did not answer within 0.3 seconds, after which clients give up',
    })
  })

  it('headers without an end are not read', async () => {
    const { url } = await standIn((routes) => {
      routes['/mcp'] = { headers: { 'x-long': 'x'.repeat(20_000) } }
    })
    expect(await ask(question(url), HERE)).toMatchObject({ cause: 'answered with more than 16 KiB of headers' })
  })
})

describe('Q34: where a server in public is', () => {
  const seen = (...addresses: readonly string[]) => ({
    url: 'https://notes.example.com/mcp',
    declaresPublic: null,
    addresses: addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    initialize: answer(),
    get: answer(),
    head: answer(),
    challenge: null,
  })

  it('at addresses of both kinds', () => {
    expect(reachable(seen('203.0.113.7', '2001:db8::1'))).toEqual([
      {
        check: 'reachable',
        state: 'ok',
        text: 'https://notes.example.com/mcp answers at 203.0.113.7, 2001:db8::1',
        cure: null,
      },
    ])
  })

  it('at no IPv4 address', () => {
    expect(reachable(seen('2001:db8::1'))).toMatchObject([
      {
        state: 'failure',
        text: 'has no IPv4 address: claude.ai and Claude Desktop connect by IPv4 alone',
        cure: 'Add an A record.',
      },
    ])
  })

  it('at one address in public and one that is private', async () => {
    const lookup = async () => [
      { address: '203.0.113.7', family: 4 },
      { address: '192.168.1.4', family: 4 },
    ]
    const url = 'https://notes.example.com/mcp'
    const [group] = await examineServer(url, { lookup, limitMs: 10_000, declaresPublic: null })
    expect(group?.findings).toEqual([
      {
        check: 'reachable',
        state: 'failure',
        text: `${url} leads to 192.168.1.4, in a private network`,
        cure: 'Give it a public address.',
      },
    ])
  })

  it('in a private network', () => {
    expect(reachable(seen('192.168.1.4'))).toMatchObject([
      {
        state: 'warning',
        text: expect.stringMatching(/^leads to 192\.168\.1\.4, in a private network: hosted clients/),
      },
    ])
  })
})
