import { describe, expect, it } from 'vitest'
import { bearerParameter, parseChallenges } from '../browser/protocol/challenge.js'
import { explainStatus } from '../browser/protocol/explain-status.js'
import { readMessages } from '../browser/protocol/read-body.js'
import { requestsFor } from '../browser/protocol/requests.js'
import { resultOf } from '../browser/protocol/result.js'

describe('challenges', () => {
  it('are read in their parts', () => {
    const header =
      'Bearer error="insufficient_scope", scope="notes:read notes:write", resource_metadata="http://localhost:3000/.well-known/x"'
    expect(parseChallenges(header)).toEqual([
      {
        scheme: 'Bearer',
        parameters: [
          { name: 'error', value: 'insufficient_scope' },
          { name: 'scope', value: 'notes:read notes:write' },
          { name: 'resource_metadata', value: 'http://localhost:3000/.well-known/x' },
        ],
      },
    ])
    expect(bearerParameter(parseChallenges(header), 'scope')).toBe('notes:read notes:write')
  })

  it.each([
    ['Bearer', [['Bearer', {}]]],
    [
      'Basic realm="a, b", Bearer scope=x',
      [
        ['Basic', { realm: 'a, b' }],
        ['Bearer', { scope: 'x' }],
      ],
    ],
    [
      'Negotiate, Bearer Realm = "q\\"uote"',
      [
        ['Negotiate', {}],
        ['Bearer', { realm: 'q"uote' }],
      ],
    ],
    ['bearer a="", b="1"', [['bearer', { a: '', b: '1' }]]],
  ])('%s', (header, expected) => {
    expect(
      parseChallenges(header).map(({ scheme, parameters }) => [
        scheme,
        Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
      ]),
    ).toEqual(expected)
  })

  it.each([null, undefined, '', '   ', '"', ',,,', '='])('%j holds none', (header) => {
    expect(parseChallenges(header)).toEqual([])
  })

  it('that break off are read up to there', () => {
    expect(parseChallenges('Bearer scope="a", error="unfinished')).toEqual([
      { scheme: 'Bearer', parameters: [{ name: 'scope', value: 'a' }] },
    ])
  })
})

describe('what an answer means', () => {
  it('differs between no token, a bad token and too few scopes', () => {
    const words = [
      explainStatus(401, parseChallenges('Bearer scope="a"')),
      explainStatus(401, parseChallenges('Bearer error="invalid_token"')),
      explainStatus(403, parseChallenges('Bearer error="insufficient_scope", scope="a"')),
      explainStatus(403, []),
    ]
    expect(new Set(words).size).toBe(4)
    expect(words[0]).toContain('No token')
    expect(words[2]).toContain('asks its user')
    expect(explainStatus(200, [])).toBeUndefined()
  })
})

describe('bodies', () => {
  it.each([
    ['application/json; charset=utf-8', '{"a":1}', [{ a: 1 }]],
    ['application/problem+json', '{"a":1}', [{ a: 1 }]],
    ['application/json', 'not json', []],
    ['text/plain', '{"a":1}', []],
    [undefined, '{"a":1}', []],
    [
      'text/event-stream',
      'event: message\ndata: {"a":\ndata: 1}\n\n: note\n\ndata: {"b":2}\r\n\r\n',
      [{ a: 1 }, { b: 2 }],
    ],
    ['text/event-stream', 'data:{"a":1}\n\ndata: {"cut', [{ a: 1 }]],
    ['text/event-stream', 'id: 1\ndata: \n\ndata: nonsense\n\n', []],
  ])('%s %j', (type, text, expected) => {
    expect(readMessages(type, text)).toEqual(expected)
  })
})

describe('requests', () => {
  it('of the newer revision are one, whose headers repeat what it asks for', () => {
    const [request, ...more] = requestsFor({ kind: 'tools', name: 'delete_note', input: { id: 'x' } }, '2026-07-28')
    expect(more).toEqual([])
    expect(request?.headers).toMatchObject({
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'delete_note',
    })
    expect(request?.body).toMatchObject({
      method: 'tools/call',
      params: { name: 'delete_note', arguments: { id: 'x' } },
    })
  })

  it('of the older revision begin with a handshake', () => {
    const requests = requestsFor({ kind: 'prompts', name: 'summarise', input: {} }, '2025-11-25')
    expect(requests.map(({ body }) => body.method)).toEqual(['initialize', 'notifications/initialized', 'prompts/get'])
    expect(requests[0]?.headers).not.toHaveProperty('mcp-protocol-version')
    expect(requests[1]?.body).not.toHaveProperty('id')
  })

  it('for a resource name its address', () => {
    const [request] = requestsFor({ kind: 'resources', name: 'note', input: { uri: 'notes://ä' } }, '2026-07-28')
    expect(request?.body.params).toMatchObject({ uri: 'notes://ä' })
    expect(request?.headers['mcp-name']).toBe(`=?base64?${Buffer.from('notes://ä').toString('base64')}?=`)
  })

  it.each([' padded ', 'line\nbreak', '=?base64?eA==?='])('never put %j into a header as it is', (name) => {
    const [request] = requestsFor({ kind: 'tools', name, input: {} }, '2026-07-28')
    expect(request?.headers['mcp-name']).toBe(`=?base64?${Buffer.from(name).toString('base64')}?=`)
  })

  describe('that repeat arguments in headers', () => {
    const at = (name: string) => ({ 'x-mcp-header': name })
    const schema = {
      type: 'object',
      properties: {
        region: { type: 'string', ...at('Region') },
        level: { type: 'integer', ...at('Level') },
        filter: { type: 'object', properties: { tenant: { type: 'string', ...at('Tenant') } } },
        list: { type: 'array', items: { type: 'string', ...at('Item') } },
        free: { type: 'string' },
      },
    }
    const headersOf = (
      input: unknown,
      era: '2026-07-28' | '2025-11-25' = '2026-07-28',
      kind: 'tools' | 'prompts' = 'tools',
    ) =>
      Object.entries(requestsFor({ kind, name: 'report', input, schema }, era).at(-1)?.headers ?? {}).filter(([name]) =>
        name.startsWith('mcp-param-'),
      )

    it('repeat those that are annotated, and no others', () => {
      const input = { region: 'Zürich', level: 0, filter: { tenant: 'a' }, list: ['b'], free: 'c', 'x-mcp-header': 'D' }
      expect(headersOf(input)).toEqual([
        ['mcp-param-region', `=?base64?${Buffer.from('Zürich').toString('base64')}?=`],
        ['mcp-param-level', '0'],
        ['mcp-param-tenant', 'a'],
      ])
    })

    it.each([{}, { region: null }, { filter: null }, { filter: ['tenant'] }, [], null, 'region', { region: {} }])(
      'have none for %j',
      (input) => expect(headersOf(input)).toEqual([]),
    )

    it('have none in the older revision, and for what is no tool', () => {
      expect(headersOf({ region: 'eu' })).toHaveLength(1)
      expect(headersOf({ region: 'eu' }, '2025-11-25')).toEqual([])
      expect(headersOf({ region: 'eu' }, '2026-07-28', 'prompts')).toEqual([])
    })
  })

  it('carry arguments that no schema allows, as they are', () => {
    const [request] = requestsFor({ kind: 'tools', name: 'x', input: [1, 'two'] }, '2026-07-28')
    expect(request?.body.params).toMatchObject({ arguments: [1, 'two'] })
  })
})

describe('results', () => {
  it('are the last response of an answer, past its notifications', () => {
    const messages = [
      { method: 'notifications/progress' },
      { id: 1, result: { structuredContent: { a: 1 }, content: [{ type: 'text', text: '{"a":1}' }] } },
    ]
    expect(resultOf(messages)).toMatchObject({
      kind: 'result',
      isError: false,
      structured: { a: 1 },
      texts: ['{"a":1}'],
    })
  })

  it('say when a tool failed, and when the protocol did', () => {
    expect(resultOf([{ result: { isError: true, content: [{ type: 'text', text: 'no' }] } }])).toMatchObject({
      isError: true,
    })
    expect(resultOf([{ error: { code: -32602, message: 'Unknown tool' } }])).toEqual({
      kind: 'error',
      code: -32602,
      message: 'Unknown tool',
    })
  })

  it.each([[[]], [[null, 7, 'x']], [[{ method: 'a' }]], [[{ result: 'text' }]]])('there are none in %j', (messages) => {
    expect(resultOf(messages)).toBeUndefined()
  })
})
