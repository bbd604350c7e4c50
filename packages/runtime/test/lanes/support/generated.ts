import fc from 'fast-check'
import { LEGACY, MODERN } from '../../support/harness.js'
import type { Sent } from './pair.js'
import { BLOCK_NAMES, tools } from './tools.js'
import { ENVELOPE } from './wire.js'

/** Which of the tokens at hand a request brings. */
export type Bearer = 'rich' | 'poor' | 'expired' | 'foreign' | 'none'

export interface Generated extends Omit<Sent, 'token'> {
  readonly bearer: Bearer
}

const PROTOTYPE = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']

/** Mostly the first; now and then what nobody expects. */
const mostly = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<unknown>, weight = 9): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: usual, weight }, { arbitrary: odd, weight: 1 })

/** Now and then something, mostly nothing. */
const rarely = <T>(odd: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight }, { arbitrary: odd, weight: 1 })

const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, true, [], {}, 0, -1, 1.5, 1e300, '', ' ', '\u0000', '\ud800', ...PROTOTYPE),
)

const id = mostly(
  fc.oneof(
    fc.integer(),
    fc.string({ maxLength: 12 }),
    fc.constantFrom(0, -0, 1, '1', '', 'é', 2 ** 53 - 1, ...PROTOTYPE),
  ),
  fc.oneof(junk, fc.constantFrom(2 ** 53, 0.1, null)),
)

const names = Object.keys(tools([]))
const name = mostly(
  fc.oneof(
    { arbitrary: fc.constantFrom(...names), weight: 6 },
    fc.constantFrom(...PROTOTYPE, 'nothing', '=?base64?cmVhZA==?='),
  ),
  junk,
  12,
)

const args = mostly(
  fc.oneof(
    fc.constantFrom(
      {},
      { limit: 3 },
      { limit: 'x' },
      { id: '11111111-1111-4111-8111-111111111111' },
      { far: true },
      { far: false },
      { whose: 'ada' },
      { whose: 'eve' },
      { a: 1 },
      { a: 1.5 },
      { value: 1 },
      { value: null },
      { how: 'told' },
      { how: 'thrown' },
      { how: 'later' },
      { how: 'lie' },
      { how: 'well' },
    ),
    fc.record({ which: fc.array(fc.constantFrom(...BLOCK_NAMES), { maxLength: 3 }) }),
    fc.dictionary(
      fc.oneof(fc.constantFrom('limit', 'note', 'constructor', 'toString'), fc.string({ maxLength: 5 })),
      junk,
      { maxKeys: 3 },
    ),
  ),
  junk,
  12,
)

const method = fc.oneof(
  { arbitrary: fc.constantFrom('tools/call', 'tools/call', 'tools/call', 'tools/list', 'server/discover'), weight: 12 },
  fc.constantFrom(
    'ping',
    'initialize',
    'prompts/list',
    'resources/list',
    'logging/setLevel',
    'completion/complete',
    'tools/CALL',
    'tools/call ',
    'notifications/initialized',
    'notifications/cancelled',
    'subscriptions/listen',
    'tasks/get',
    '',
    ...PROTOTYPE,
  ),
)

const progressToken = mostly(fc.oneof(fc.integer(), fc.string({ maxLength: 5 })), junk, 3)

/** Members of `_meta` that are not the envelope. */
const extras = fc.record(
  {
    progressToken,
    'io.modelcontextprotocol/related-task': mostly(fc.constant({ taskId: 't' }), junk, 2),
    'io.modelcontextprotocol/logLevel': mostly(fc.constantFrom('info', 'debug'), junk, 3),
    traceparent: mostly(fc.constant('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'), junk, 2),
    'com.example/own': junk,
  },
  { requiredKeys: [] },
)

const envelope = fc.oneof(
  { arbitrary: fc.constant<object>(ENVELOPE), weight: 8 },
  fc.record(
    {
      'io.modelcontextprotocol/protocolVersion': mostly(fc.constantFrom(MODERN, LEGACY, '2027-01-01', 'v1'), junk, 5),
      'io.modelcontextprotocol/clientInfo': mostly(
        fc.constantFrom({ name: 'test', version: '1' }, { name: 'openai-mcp', version: '1' }, { name: 'test' }),
        junk,
        5,
      ),
      'io.modelcontextprotocol/clientCapabilities': mostly(
        fc.constantFrom({}, { elicitation: {} }, { roots: { listChanged: true }, sampling: {} }),
        junk,
        5,
      ),
    },
    { requiredKeys: [] },
  ),
)

const meta = fc.record({
  isModern: fc.boolean(),
  envelope,
  extras: rarely(extras, 2),
  odd: rarely(junk, 12),
})

/** Members of the parameters that few methods have. */
const members = rarely(
  fc.record(
    {
      cursor: mostly(fc.string({ maxLength: 5 }), junk, 2),
      task: mostly(fc.constant({ ttl: 1 }), junk, 2),
      inputResponses: mostly(fc.constant({ a: { action: 'accept' } }), junk, 2),
      requestState: mostly(fc.string({ maxLength: 5 }), junk, 2),
      uri: junk,
      extra: junk,
    },
    { requiredKeys: [] },
  ),
  6,
)

const presence = fc.oneof({ arbitrary: fc.constant('there'), weight: 20 }, fc.constant('missing'))

interface Message {
  readonly body: Record<string, unknown>
  readonly isModern: boolean
}

const message: fc.Arbitrary<Message> = fc
  .record({
    id,
    hasId: presence,
    method,
    name,
    hasName: presence,
    args,
    hasArgs: presence,
    meta,
    members,
    params: rarely(junk, 15),
    hasParams: presence,
    jsonrpc: mostly(fc.constant('2.0'), junk, 30),
    more: rarely(fc.record({ extra: junk }), 15),
    oddMethod: rarely(junk, 25),
  })
  .map((parts) => {
    const isModern = parts.meta.isModern
    const _meta = parts.meta.odd ?? { ...(isModern ? parts.meta.envelope : {}), ...parts.meta.extras }
    const isCall = parts.method === 'tools/call'
    const params = parts.params ?? {
      ...(isCall && parts.hasName === 'there' ? { name: parts.name } : {}),
      ...(isCall && parts.hasArgs === 'there' ? { arguments: parts.args } : {}),
      ...parts.members,
      ...(isModern || Object.keys(Object(_meta)).length > 0 ? { _meta } : {}),
    }
    const body = {
      jsonrpc: parts.jsonrpc,
      ...(parts.hasId === 'there' ? { id: parts.id } : {}),
      method: parts.oddMethod ?? parts.method,
      ...(isModern || parts.hasParams === 'there' ? { params } : {}),
      ...parts.more,
    }
    return { body, isModern }
  })

const version = (isModern: boolean): fc.Arbitrary<string | undefined> =>
  fc.oneof(
    { arbitrary: fc.constant(isModern ? MODERN : LEGACY), weight: 8 },
    fc.constantFrom(
      undefined,
      '2025-06-18',
      '2025-03-26',
      '2024-11-05',
      MODERN,
      LEGACY,
      '',
      ' 2026-07-28 ',
      '2026-07-28\u00a0',
      'nonsense',
      `${MODERN}, ${MODERN}`,
    ),
  )

const accept = fc.oneof(
  { arbitrary: fc.constant<string | undefined>('application/json, text/event-stream'), weight: 10 },
  fc.constantFrom(
    undefined,
    '*/*',
    '',
    'application/json',
    'text/event-stream',
    'TEXT/EVENT-STREAM, application/json',
    'text/event-stream;q=0, application/json;q=0.1',
    'application/jsonx,text/event-streams',
  ),
)

const contentType = fc.oneof(
  { arbitrary: fc.constant('application/json'), weight: 15 },
  fc.constantFrom(
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'text/plain',
    'application/json,text/plain',
    ';',
  ),
)

const bearer = fc.oneof(
  { arbitrary: fc.constantFrom<Bearer>('rich', 'poor'), weight: 12 },
  fc.constantFrom<Bearer>('expired', 'foreign', 'none'),
)

/** What a header may say instead of what the body says. */
const distorted = (value: string): fc.Arbitrary<string | undefined> =>
  fc.oneof(
    { arbitrary: fc.constant<string | undefined>(value), weight: 12 },
    fc.constantFrom(
      undefined,
      '',
      ` ${value} `,
      `${value}\u00a0`,
      value.toUpperCase(),
      `${value}, ${value}`,
      `=?base64?${Buffer.from(value).toString('base64')}?=`,
      '=?base64?!?=',
      'tools/list',
    ),
  )

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'tools/call'
}

/** What a header can carry: the others cannot be sent. */
const isHeader = (value: string | undefined): value is string =>
  value !== undefined && /^[\t\x20-\x7e\x80-\xff]*$/.test(value)

const NOTHING: Record<string, unknown> = {}

/** One request, of any era, more or less well-formed. */
export const request: fc.Arbitrary<Generated> = fc
  .oneof(
    {
      arbitrary: message.map((one) => ({ body: one.body as unknown, isModern: one.isModern, first: one.body })),
      weight: 20,
    },
    fc
      .array(message, { maxLength: 3 })
      .map((all) => ({ body: all.map((one) => one.body), isModern: false, first: all[0]?.body ?? NOTHING })),
    junk.map((body) => ({ body, isModern: false, first: NOTHING })),
  )
  .chain(({ body, isModern, first }) => {
    const params = Object(first.params) as { readonly name?: unknown }
    const isNamed = typeof params.name === 'string'
    return fc
      .record({
        version: version(isModern),
        method: isModern ? distorted(textOf(first.method)) : rarely(fc.constant('tools/list'), 10),
        name: isModern && isNamed ? distorted(String(params.name)) : rarely(fc.constant('read'), 10),
        accept,
        contentType,
        bearer,
        session: rarely(fc.constantFrom('11111111-1111-4111-8111-111111111111', ''), 12),
        agent: rarely(fc.constantFrom('openai-mcp/1.0.0', 'claude-code/2.1.330'), 6),
        cut: rarely(fc.integer({ min: 0, max: 60 }), 40),
      })
      .map((parts) => {
        const headers = {
          'mcp-protocol-version': parts.version,
          'mcp-method': parts.method,
          'mcp-name': parts.name,
          accept: parts.accept,
          'content-type': parts.contentType,
          'mcp-session-id': parts.session,
          'user-agent': parts.agent,
        }
        const sendable = Object.entries(headers).filter((entry): entry is [string, string] => isHeader(entry[1]))
        return {
          bearer: parts.bearer,
          headers: Object.fromEntries(sendable),
          payload: (JSON.stringify(body) ?? '').slice(0, parts.cut),
        }
      })
  })
