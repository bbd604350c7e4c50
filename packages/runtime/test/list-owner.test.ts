// The list of resources of one caller changed: of the two who have one name at two issuers only the one that is meant is told.
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../../testing/src/issuer.js'
import type { Changes } from '../src/index.js'
import { type Change, ChangeFeed } from '../src/mcp/subscriptions/change-feed.js'
import { isListOf, listOwner } from '../src/mcp/subscriptions/list-owner.js'
import { shareChanges } from '../src/mcp/subscriptions/share-changes.js'
import { SealedPlaces } from '../src/shared/sealed-places.js'
import { definitionOf, RESOURCE, type SampleOptions } from './support/definition.js'
import {
  createHarness,
  type Harness,
  INITIALIZE,
  issuerPolicy,
  LEGACY,
  legacy,
  MODERN,
  post,
} from './support/harness.js'
import { MemoryState, MemoryStore } from './support/memory-state.js'
import { stdioHarness } from './support/stdio.js'
import { type OpenAnswer, open } from './support/streams.js'
import { TestSurroundings } from './support/surroundings.js'

const CHANGED = 'notifications/resources/list_changed'

let changes: Changes
const services: SampleOptions['services'] = {
  open(boot) {
    changes = boot.changes
    return {}
  },
}
const offers: SampleOptions['offers'] = {
  resources: {
    news: {
      uri: 'notes://news',
      access: { access: 'authenticated', subscribe: true },
      module: { subscribe: true, read: () => 'news' },
    },
  },
  prompts: {},
}
const tools: SampleOptions['tools'] = {
  add: {
    access: { access: 'authenticated', uses: ['changes'] },
    run(_input: unknown, context: unknown) {
      const { caller, changes: own } = context as { caller: { subject: string; issuer: string }; changes: Changes }
      own.resourceList({ subject: caller.subject, issuer: caller.issuer })
      return 'added'
    },
  },
  careless: {
    access: { access: 'authenticated', uses: ['changes'] },
    run(_input: unknown, context: unknown) {
      const { caller, changes: own } = context as { caller: { subject: string }; changes: Changes }
      own.resourceList({ subject: caller.subject })
      return 'added'
    },
  },
}

let staff: TestIssuer
let partners: TestIssuer
let harness: Harness
const streams: OpenAnswer[] = []

beforeAll(async () => {
  ;[staff, partners] = await Promise.all([
    createTestIssuer({ audience: RESOURCE }),
    createTestIssuer({ audience: RESOURCE }),
  ])
  const issuers = [issuerPolicy(staff, 'jwt'), issuerPolicy(partners, 'jwt')]
  harness = await createHarness({
    issuer: staff,
    issuers,
    tools,
    offers,
    services,
    server: { allowedHosts: ['127.0.0.1'] },
  })
  await harness.app.listen({ host: '127.0.0.1', port: 0 })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})
afterAll(async () => {
  await harness.close()
  await partners.stop()
})

async function opened(token: string, request: Parameters<typeof open>[2]): Promise<OpenAnswer> {
  const stream = await open(harness.app, token, request)
  streams.push(stream)
  return stream
}

async function modernStream(token: string): Promise<OpenAnswer> {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  const params = { notifications: { resourcesListChanged: true, toolsListChanged: true }, _meta }
  const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': 'subscriptions/listen' }
  const stream = await opened(token, {
    body: { jsonrpc: '2.0', id: 7, method: 'subscriptions/listen', params },
    headers,
  })
  // What it will tell.
  await stream.next()
  return stream
}

async function legacyStream(token: string): Promise<OpenAnswer> {
  const { headers } = await post(harness.app, INITIALIZE, { token })
  const session = { 'mcp-session-id': String(headers['mcp-session-id']), 'mcp-protocol-version': LEGACY }
  await post(harness.app, { jsonrpc: '2.0', method: 'notifications/initialized' }, { token, headers: session })
  return opened(token, { method: 'GET', headers: session })
}

describe.each([
  ['2026-07-28', modernStream],
  ['2025-11-25', legacyStream],
])('in %s', (_, streamOf) => {
  test('the one of the issuer that is named is told, and nobody else of that name', async () => {
    const [adaOfStaff, adaOfPartners] = await Promise.all(
      [staff, partners].map(async (issuer) => streamOf(harness.secret(await issuer.issue({ subject: 'ada' })))),
    )
    const methodOf = async (stream: OpenAnswer | undefined): Promise<string> => (await stream?.next())?.method
    changes.resourceList({ subject: 'ada', issuer: partners.issuer })
    changes.resourceList({ subject: 'ada', issuer: 'https://nobody.example' })
    changes.resourceList({ subject: 'grace', issuer: staff.issuer })
    changes.toolList()
    expect(await methodOf(adaOfStaff)).toBe('notifications/tools/list_changed')
    expect([await methodOf(adaOfPartners), await methodOf(adaOfPartners)]).toEqual([
      CHANGED,
      'notifications/tools/list_changed',
    ])
    changes.resourceList()
    expect([await methodOf(adaOfStaff), await methodOf(adaOfPartners)]).toEqual([CHANGED, CHANGED])
  })

  test('a handler names both by its caller', async () => {
    const [ofStaff, ofPartners] = await Promise.all(
      [staff, partners].map(async (issuer) => harness.secret(await issuer.issue({ subject: 'ada' }))),
    )
    const [hers, others] = await Promise.all([streamOf(ofStaff ?? ''), streamOf(ofPartners ?? '')])
    const { body } = await legacy(harness.app, 'tools/call', { name: 'add', arguments: {} }, { token: ofStaff })
    expect(body.result.content[0].text).toBe('added')
    changes.toolList()
    expect([(await hers.next()).method, (await hers.next()).method]).toEqual([
      CHANGED,
      'notifications/tools/list_changed',
    ])
    expect((await others.next()).method).toBe('notifications/tools/list_changed')
  })
})

test('a subject without its issuer is told to nobody: the project learns what to say', async () => {
  expect(() => changes.resourceList({ subject: 'ada' })).toThrow(
    'changes.resourceList({ subject }) needs the issuer as well',
  )
  const token = await harness.token({ subject: 'ada' })
  const { body } = await legacy(harness.app, 'tools/call', { name: 'careless', arguments: {} }, { token })
  expect([body.result.isError, body.result.content[0].text]).toEqual([
    true,
    expect.stringContaining('The tool failed.'),
  ])
  expect(harness.log()).toContain('issuer: caller.issuer')
})

test('on stdio, where there is one caller, the issuer need not be named, and that of somebody else is not theirs', async () => {
  const issuers = [issuerPolicy(staff, 'jwt'), issuerPolicy(partners, 'jwt')]
  const {
    next,
    initialize,
    legacy: ask,
    close,
  } = await stdioHarness(definitionOf({ issuers, tools, offers, services }), { MCP_STDIO_SUBJECT: 'ada' })
  await initialize()
  await ask('ping')
  changes.resourceList({ subject: 'ada', issuer: staff.issuer })
  changes.resourceList({ subject: 'grace' })
  changes.toolList()
  expect((await next()).method).toBe('notifications/tools/list_changed')
  changes.resourceList({ subject: 'ada' })
  changes.resourceList({ subject: 'ada', issuer: 'stdio' })
  expect([(await next()).method, (await next()).method]).toEqual([CHANGED, CHANGED])
  await close()
})

describe('whose list it is', () => {
  test.each([
    [null],
    ['ada'],
    [{}],
    [{ subject: undefined }],
    [{ subject: 7 }],
    [{ issuer: 'https://a.example' }],
    [{ subject: 'ada', issuer: null }],
    [{ subject: 'ada', issuer: ['https://a.example'] }],
  ])('%j is nobody’s, and not everybody’s', (whose) => {
    for (const several of [true, false]) expect(() => listOwner(whose, several)).toThrow(TypeError)
  })

  test('is compared in both of its parts', () => {
    const ada = { subject: 'ada', issuer: 'https://a.example' }
    expect(isListOf({}, undefined)).toBe(true)
    expect(isListOf({ subject: 'ada' }, undefined)).toBe(false)
    expect(isListOf(listOwner({ subject: 'ada' }, false), ada)).toBe(true)
    expect(isListOf(listOwner(ada, true), ada)).toBe(true)
    expect(isListOf(listOwner(ada, true), { ...ada, issuer: 'https://a.example/' })).toBe(false)
    expect(isListOf(listOwner(ada, true), { ...ada, subject: 'Ada' })).toBe(false)
  })
})

test('another process is told whose list it is, too', async () => {
  const surroundings = new TestSurroundings()
  const store = new MemoryStore(surroundings)
  const log = pino({ level: 'silent' })
  const places = new SealedPlaces(new Uint8Array(32), log)
  const [one, other] = [true, true].map((severalIssuers) => new ChangeFeed(log, { severalIssuers }))
  for (const feed of [one, other]) if (feed) await shareChanges(feed, { state: new MemoryState(store), places })
  const told = new Promise<Change[]>((resolve) => {
    const changed: Change[] = []
    other?.subscribe((change) => {
      changed.push(change)
      if (changed.length === 2) resolve(changed)
    })
  })
  one?.changes.resourceList({ subject: 'ada', issuer: 'https://a.example' })
  one?.changes.resourceList()
  expect(await told).toEqual([
    { what: 'resources', subject: 'ada', issuer: 'https://a.example' },
    { what: 'resources' },
  ])
})
