import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createConsole } from '../src/console.js'
import { Feed } from '../src/feed.js'
import { notesState } from './support/state.js'

const where = { resource: 'http://localhost:3000/mcp', issuer: 'http://localhost:4000' }
const host = 'localhost:3000'

let feed: Feed
let app: FastifyInstance

beforeEach(async () => {
  feed = new Feed()
  app = await createConsole({ feed, environment: {} })
})
afterEach(() => app.close())

function get(url: string, headers: Record<string, string> = {}) {
  return app.inject({ url, headers: { host, ...headers } })
}

describe('the page', () => {
  it('is served at the root, and loads nothing that is not of this origin', async () => {
    feed.receive({ type: 'state', state: notesState(where) })
    const page = await get('/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
    expect(loaded.length).toBeGreaterThan(2)
    for (const address of loaded) expect((await get(String(address))).statusCode, address).toBe(200)
  })

  it('may talk to itself and to the issuer, and is framed by nobody', async () => {
    feed.receive({ type: 'state', state: notesState({ ...where, issuer: 'http://localhost:4000/tenant' }) })
    const policy = directives((await get('/')).headers['content-security-policy'])
    expect(policy['default-src']).toBe("'none'")
    expect(policy['connect-src']).toBe("'self' http://localhost:4000")
    expect(policy['frame-ancestors']).toBe("'none'")
    expect(policy['base-uri']).toBe("'none'")
    expect(policy['form-action']).toBe("'none'")
    expect(JSON.stringify(policy)).not.toContain('unsafe')
  })

  it('runs one inline script, allowed by its hash: the import map, of which every entry is there', async () => {
    feed.receive({ type: 'state', state: notesState(where) })
    const { body, headers } = await get('/')
    const inline = [...body.matchAll(/<script(?![^>]*src=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => text ?? '')
    expect(inline).toHaveLength(1)
    const hash = createHash('sha256')
      .update(inline[0] ?? '')
      .digest('base64')
    expect(directives(headers['content-security-policy'])['script-src']).toBe(`'self' 'sha256-${hash}'`)
    const { imports } = JSON.parse(inline[0] ?? '') as { imports: Record<string, string> }
    for (const address of Object.values(imports)) {
      const script = await get(address)
      expect([script.statusCode, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
    }
  })

  it('waits for the first state, and says so', async () => {
    const page = await get('/')
    expect(page.statusCode).toBe(503)
    expect(page.body).toContain('The first build is under way')
    expect((await get('/console/state')).statusCode).toBe(503)
  })

  it('answers where the authorization server sends the login window back to, and repeats nothing of it', async () => {
    const page = await get('/console/callback?code=secret-code&state=secret-state', {
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'navigate',
    })
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toContain('secret')
    expect(directives(page.headers['content-security-policy'])['connect-src']).toBe("'self'")
  })
})

describe('every answer', () => {
  it.each(['/', '/console/state', '/console/style.css', '/console/app/main.js', '/nothing'])(
    '%s is kept by nobody, sniffed by nobody and embedded by nobody else',
    async (url) => {
      feed.receive({ type: 'state', state: notesState(where) })
      expect((await get(url)).headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      })
    },
  )

  it('allows no other origin to read it', async () => {
    feed.receive({ type: 'state', state: notesState(where) })
    expect(Object.keys((await get('/console/state')).headers).join(' ')).not.toContain('access-control')
  })

  it.each([
    '/console/app/../serve.js',
    '/console/app/%2e%2e/serve.js',
    '/console/library/../../package.json',
    '/console/app/main.js.map',
    '/package.json',
  ])('names no file that is not on the list: %s', async (url) => {
    expect((await get(url)).statusCode).toBe(404)
  })

  it.each(['POST', 'PUT', 'DELETE'] as const)('%s changes nothing', async (method) => {
    expect((await app.inject({ method, url: '/console/state', headers: { host } })).statusCode).toBe(404)
  })
})

describe('who is answered', () => {
  beforeEach(() => feed.receive({ type: 'state', state: notesState(where) }))

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:3000', 'localhost'])('%s', async (name) => {
    expect((await get('/', { host: name })).statusCode).toBe(200)
  })

  it.each([
    'evil.example:3000',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '0.0.0.0:3000',
    'localhost:3000@evil',
    'localhost:99999999',
  ])('not "%s", whose name may have been made to lead here', async (name) => {
    for (const url of ['/', '/console/state', '/console/events', '/console/app/main.js']) {
      const answer = await get(url, { host: name })
      expect(answer.statusCode, url).toBe(421)
      expect(answer.body).not.toContain('notes')
    }
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of this computer', { origin: 'http://localhost:4000' }],
    ['a page without an origin', { origin: 'null' }],
    ['a script of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a script of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }],
    ['another origin that says it navigates', { origin: 'https://evil.example', 'sec-fetch-mode': 'navigate' }],
  ])('not %s', async (_, headers) => {
    for (const url of ['/console/state', '/console/events', '/console/app/main.js']) {
      expect((await get(url, headers as Record<string, string>)).statusCode, url).toBe(421)
    }
  })

  it.each([
    ['its own page', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }],
    ['a person who types the address', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    ['a person who follows a link', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ])('%s', async (_, headers) => {
    expect((await get('/console/state', headers as Record<string, string>)).json()).toMatchObject({
      resource: where.resource,
    })
  })
})

it('does not start in production', async () => {
  await expect(createConsole({ feed, environment: { NODE_ENV: 'production' } })).rejects.toThrow(
    'The console is for development and does not start with NODE_ENV=production.',
  )
})

it.each([
  null,
  'state',
  7,
  {},
  { type: 'state' },
  { type: 'state', state: null },
  { type: 'decision' },
  { type: 'other', state: {} },
])('takes %j for no message of the supervisor', (message) => {
  const told: unknown[] = []
  feed.listen((event) => told.push(event))
  feed.receive(message)
  expect([feed.state, feed.decisionsAfter(0), told]).toEqual([undefined, [], []])
})

function directives(header: unknown): Record<string, string> {
  return Object.fromEntries(
    String(header)
      .split('; ')
      .map((directive) => [directive.split(' ', 1)[0] ?? '', directive.slice(directive.indexOf(' ') + 1)]),
  )
}
