import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { DevEvent } from '../../dist/dev/dev-event.js'
import { newsOfIssuers } from '../../dist/dev/news-of-issuers.js'
import { eventPrinter } from '../../dist/dev/print-events.js'
import { readPlainLog, readServerLog } from '../../dist/dev/read-log.js'

const print = (color = false) => eventPrinter({ color, now: () => new Date(2026, 0, 1, 9, 8, 7) })

const request: Extract<DevEvent, { event: 'request' }> = {
  event: 'request',
  id: 'a',
  at: '2026-01-01T10:00:00.000Z',
  method: 'tools/call',
  name: 'create_note',
  subject: 'ada',
  clientId: 'GVWc3WQlmcT3OaGmDOVaJwvW',
  needed: ['notes:write'],
  held: ['notes:read'],
  outcome: 'allowed',
  reason: 'answered',
  status: 200,
  milliseconds: 7,
}

/** What each of these lines makes of the log. */
function read(...entries: readonly unknown[]): DevEvent[] {
  const events: DevEvent[] = []
  const line = readServerLog((event) => events.push(event))
  for (const entry of entries) line(typeof entry === 'string' ? entry : JSON.stringify(entry), 'out')
  return events
}

const pino = (rest: object) => ({ level: 30, time: 1_767_261_600_000, pid: 1, hostname: 'x', reqId: 'r1', ...rest })
const audit = (rest: object) => pino({ audit: { decision: 'allowed', method: 'tools/call', ...rest } })
const end = pino({ method: 'POST', path: '/mcp', status: 200, took: 12, msg: 'POST /mcp 200 12ms' })

describe('a request is one line', () => {
  it('that says who, what, what it takes, how it was decided and how long it took', () => {
    const line = print()(request)
    expect(line).toMatch(
      /^\d\d:\d\d:\d\d {2}ada by GVWc3WQl… +tools\/call create_note +notes:write +allowed {2}200 {2}7 ms\n$/,
    )
  })

  it('in the same columns, however long its parts are', () => {
    const long = print()({ ...request, subject: 'x'.repeat(99), name: 'y'.repeat(99), needed: ['z'.repeat(99)] })
    const { subject: _subject, ...anonymous } = request
    for (const line of [print()(anonymous), long])
      expect(line.indexOf('allowed')).toBe(print()(request).indexOf('allowed'))
  })

  it.each([80, 100, 120])('that fits into a terminal of %s columns', (width) => {
    const narrow = eventPrinter({ color: false, now: () => new Date(), width: () => width })
    const { subject: _subject, clientId: _clientId, ...anonymous } = request
    const refused = { ...anonymous, outcome: 'refused', reason: 'login-required', status: 401 } as const
    const line = narrow(refused)
    expect(line.trimEnd().length).toBeLessThanOrEqual(width)
    expect(line).toMatch(/nobody +tools\/call create_n.* +refused {2}login-required {2}401 {2}7 ms\n$/)
    expect(narrow(request).indexOf('allowed')).toBe(line.indexOf('refused'))
  })

  it('and a refusal says what is missing', () => {
    const line = print()({ ...request, outcome: 'refused', reason: 'insufficient-scope', status: 403 })
    expect(line).toContain('refused  needs notes:write, has notes:read  403')
  })

  it('with colour only where it is wanted, and the same text', () => {
    expect(print()(request)).toBe(stripVTControlCharacters(print(true)(request)))
    expect(print(true)(request)).toContain('\u001b[32mallowed\u001b[39m')
    expect(print()(request)).not.toContain('\u001b')
  })
})

it('the first screen says where everything is and what to do next', () => {
  const screen = print()({
    event: 'ready',
    name: 'My notes',
    id: 'notes',
    resource: 'http://localhost:3000/mcp',
    console: 'http://localhost:3000/',
    issuer: 'http://localhost:4000',
    embedded: true,
  })
  for (const part of [
    'My notes',
    'http://localhost:3000/\n',
    'http://localhost:4000  log in under any name',
    'claude mcp add --transport http notes http://localhost:3000/mcp',
    'Ctrl+C',
  ]) {
    expect(screen).toContain(part)
  }
})

it('the command to connect is one that a shell takes, whatever the server is called', () => {
  const [resource, issuer] = ['http://localhost:3000/mcp?a=1&b=2', 'http://localhost:4000']
  const ready: DevEvent = {
    event: 'ready',
    name: 'x',
    id: 'my notes; ls',
    resource,
    console: null,
    issuer,
    embedded: true,
  }
  expect(print()(ready)).toContain(`claude mcp add --transport http my-notes-ls '${resource}'\n`)
})

it('a build that fails says that the last good one goes on only if there is one', () => {
  const printer = print()
  const failed: DevEvent = { event: 'build', status: 'failed', milliseconds: 5, changed: [], findings: [] }
  expect(printer(failed)).toBe('09:08:07  not live\n')
  expect(printer({ ...failed, status: 'live' })).toBe('09:08:07  live in 5 ms\n')
  expect(printer(failed)).toBe('09:08:07  not live, the last good build goes on\n')
})

describe('the log of the server', () => {
  it('gives one decision for each message of a request, when it has ended', () => {
    expect(read(audit({ tool: 'a', outcome: 'answered', needed: ['s'], subject: 'ada', held: ['s', 't'] }))).toEqual([])
    const events = read(audit({ tool: 'a', outcome: 'answered' }), audit({ tool: 'b', outcome: 'tool-error' }), end)
    expect(events).toMatchObject([
      { event: 'request', id: 'r1', name: 'a', outcome: 'allowed', status: 200, milliseconds: 12 },
      { event: 'request', id: 'r1', name: 'b', outcome: 'failed', reason: 'tool-error' },
    ])
  })

  it('takes a record that comes after the end of its request', () => {
    expect(read(end, audit({ tool: 'a', outcome: 'abandoned' }))).toMatchObject([
      { event: 'http' },
      { event: 'request', name: 'a', outcome: 'failed', reason: 'abandoned' },
    ])
  })

  it('names the tools of a refusal, and the method of what was never read', () => {
    const refused = (rest: object) => pino({ audit: { decision: 'refused', ...rest } })
    expect(
      read(refused({ reason: 'insufficient-scope', tools: ['a', 'b'], needed: ['s'], held: [] }), end),
    ).toMatchObject([{ method: 'tools/call', name: 'a, b', outcome: 'refused', reason: 'insufficient-scope' }])
    expect(read(refused({ reason: 'token-refused', fault: 'expired' }), end)).toMatchObject([
      { method: 'POST', outcome: 'refused', reason: 'token-refused: expired' },
    ])
  })

  it('passes on what else there is, as text that does nothing to a terminal', () => {
    const events = read(
      'plain \u001b[2Jtext',
      '{"not":"pino"}',
      { ...pino({ msg: 'careful' }), level: 40 },
      { ...pino({ msg: 'failed', err: { stack: 'Error: x\n    at y\u0007' } }), level: 50 },
      'The MCP server is ready: http://localhost:3000/mcp (listening on http://127.0.0.1:4)',
    )
    expect(events).toEqual([
      { event: 'log', from: 'server', level: 'info', message: 'plain \\u001b[2Jtext' },
      { event: 'log', from: 'server', level: 'info', message: '{"not":"pino"}' },
      { event: 'log', from: 'server', level: 'warn', message: 'careful' },
      { event: 'log', from: 'server', level: 'error', message: 'failed', stack: 'Error: x\n    at y\\u0007' },
    ])
  })

  it('lets no subject make up a line of its own', () => {
    const [event] = read(audit({ tool: 'a', outcome: 'answered', subject: 'ada\n10:00:00  root' }), end)
    expect(print()(event as DevEvent).split('\n')).toHaveLength(2)
  })

  it('says of what is printed to stderr that it is an error', () => {
    const events: DevEvent[] = []
    readPlainLog('auth', (event) => events.push(event))('oh no', 'err')
    expect(events).toEqual([{ event: 'log', from: 'auth', level: 'error', message: 'oh no' }])
  })
})

describe('what servers say of an issuer', () => {
  const said = (level: 'info' | 'error', message: string): DevEvent => ({
    event: 'log',
    from: 'server',
    level,
    message,
  })
  const good = said('info', 'issuer http://localhost:4000: opaque tokens are verified by introspection')
  const bad = said('error', 'issuer http://localhost:4000 cannot be used: no answer')

  function told(...events: readonly DevEvent[]): DevEvent[] {
    const news: DevEvent[] = []
    const tell = newsOfIssuers((event) => news.push(event))
    for (const event of events) tell(event)
    return news
  }

  it('is told once, however many servers find the same', () => expect(told(good, good, good)).toEqual([good]))
  it('is told of each issuer', () => {
    const other = said('info', 'issuer https://login.example.com: JWTs are verified with 1 key (RS256)')
    expect(told(good, other, good, other)).toEqual([good, other])
  })
  it('is told again when it changed, and every time that something is wrong', () =>
    expect(told(good, bad, bad, good)).toEqual([good, bad, bad, good]))
  it('keeps nothing back that the project says', () => {
    const own = said('info', 'opened the database')
    expect(told(own, request, own)).toEqual([own, request, own])
  })
})
