import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../../testing/src/issuer.js'
import { startRedis, type TemporaryRedis } from '../../testing/src/redis.js'
import { ConfigurationError } from '../src/index.js'
import { openRedisState } from '../src/shared/redis-state.js'
import { sharingNotice } from '../src/shared/sharing-notice.js'
import { createHarness, type Harness, modern } from './support/harness.js'
import { ask, balance, entryOf, type Instance, startInstance, stopInstances, times } from './support/instances.js'

const ENTRY = entryOf(`{
  policy: {
    server: { name: 'notes', version: '1.0.0' },
    resource: 'https://notes.example.com/mcp',
    issuers: [{ issuer: { env: 'ISSUER' }, tokens: { form: 'jwt', typ: 'at+jwt' } }],
    scopes: {},
    limits: { perSubject: 4, perClient: 1000 },
    tools: {},
  },
  schemas: {},
  tools: {},
}`)

let redis: TemporaryRedis | undefined
let issuer: TestIssuer

beforeAll(async () => {
  redis = await startRedis()
  if (redis === undefined) console.warn('skipped: limits that processes share, because no Redis is installed')
  issuer = await createTestIssuer({ audience: 'https://notes.example.com/mcp' })
})
afterEach(async () => {
  await stopInstances()
  await redis?.restart()
})
afterAll(async () => {
  await issuer.stop()
  await redis?.stop()
})

const startOne = (url: string): Promise<Instance> => startInstance(ENTRY, { ISSUER: issuer.issuer, REDIS_URL: url })

function dataUrl(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`
}

describe('two processes behind one balancer', () => {
  test('count together: what was spent on one is spent on the other', async (context) => {
    // One that other programs use will do: the subjects of this test are nobody else's.
    const url = process.env.REDIS_URL || redis?.url
    if (url === undefined) return context.skip('no Redis is installed')
    const [one, other] = await Promise.all([startOne(url), startOne(url)])
    const port = await balance([one.port, other.port])
    const [ada, bob] = await Promise.all([randomUUID(), randomUUID()].map((subject) => issuer.issue({ subject })))
    if (ada === undefined || bob === undefined) throw new Error('no token')
    expect(await times(6, () => ask(port, ada))).toEqual([200, 200, 200, 200, 429, 429])
    expect(await ask(one.port, ada)).toBe(429)
    expect(await ask(other.port, ada)).toBe(429)
    // Each has seen its half of it.
    for (const { log } of [one, other]) expect(log()).toMatch(/"outcome":"answered"/)
    expect(await times(4, () => ask(other.port, bob))).toEqual([200, 200, 200, 200])
    expect(await ask(one.port, bob)).toBe(429)
  })

  test('go on counting, each for itself, when the Redis is gone, and together when it is back', async (context) => {
    if (redis === undefined) return context.skip('no Redis is installed')
    const { url, password } = redis
    const [one, other] = await Promise.all([startOne(url), startOne(url)])
    const ada = await issuer.issue()
    expect(await times(2, () => ask(one.port, ada))).toEqual([200, 200])
    const away = [one, other].map(({ says }) => says('the shared state is away'))
    await redis.kill()
    await Promise.all(away)
    // One has counted two of four, the other none.
    expect(await times(3, () => ask(one.port, ada))).toEqual([200, 200, 429])
    expect(await times(5, () => ask(other.port, ada))).toEqual([200, 200, 200, 200, 429])
    const back = [one, other].map(({ says }) => says('the shared state is back'))
    await redis.restart()
    await Promise.all(back)
    // The new one knows nothing of what was before.
    expect(await times(2, () => ask(one.port, ada))).toEqual([200, 200])
    expect(await times(3, () => ask(other.port, ada))).toEqual([200, 200, 429])
    for (const { log } of [one, other]) expect(log()).not.toContain(password)
  })

  test('wait for a Redis that hangs once, and not for each request', async (context) => {
    if (redis === undefined) return context.skip('no Redis is installed')
    if (process.platform === 'win32') return context.skip('nothing can be made to hang on Windows')
    const one = await startOne(redis.url)
    const ada = await issuer.issue()
    expect(await ask(one.port, ada)).toBe(200)
    const away = one.says('the shared state is away')
    redis.pause()
    expect(await times(4, () => ask(one.port, ada))).toEqual([200, 200, 200, 429])
    await away
    const back = one.says('the shared state is back')
    redis.resume()
    await back
    expect(one.log().match(/the shared state is away/g)).toHaveLength(1)
  })
})

const ITSELF = 'each process for itself'
const EACH = { limits: ITSELF, issuers: ITSELF, changes: ITSELF }

describe('a Redis', () => {
  let harness: Harness | undefined
  afterEach(async () => {
    await harness?.close()
    harness = undefined
  })
  const open = async (url: string, more: Readonly<Record<string, string>> = {}): Promise<Harness> => {
    harness = await createHarness({
      limits: { perSubject: 2 },
      server: { environment: { NODE_ENV: 'test', REDIS_URL: url, ...more } },
    })
    return harness
  }

  test('that is not there at the start stops nothing, and is said in the log and by readiness', async () => {
    const { app, token, log, secret } = await open('redis://:hunter2-secret@127.0.0.1:1/0')
    secret('hunter2-secret')
    expect(log()).toContain('the shared state is away')
    expect(sharingNotice(app)).toEqual(EACH)
    const ada = await token()
    const ask1 = async (): Promise<number> => (await modern(app, 'tools/list', {}, { token: ada })).status
    expect([await ask1(), await ask1(), await ask1()]).toEqual([200, 200, 429])
  })

  test('that is there is what readiness says, and holds no name of a caller', async (context) => {
    if (redis === undefined) return context.skip('no Redis is installed')
    const { app, token } = await open(redis.url)
    expect(sharingNotice(app)).toEqual({ ...EACH, limits: 'shared' })
    const ada = await token({ subject: 'ada-the-subject', clientId: 'the-client' })
    expect((await modern(app, 'tools/list', {}, { token: ada, from: '203.0.113.7' })).status).toBe(200)
    const { Redis } = await import('ioredis')
    const client = new Redis(redis.url)
    const keys = await client.keys('*')
    client.disconnect()
    expect(keys).toHaveLength(3)
    expect(keys.join()).not.toMatch(/ada|the-client/)
    for (const key of keys) expect(key).toMatch(/^mcp:[\w-]{16}:limit:.*(subject|client|address):/)
  })

  test('keeps what processes tell each other for as long as they say', async (context) => {
    if (redis === undefined) return context.skip('no Redis is installed')
    const { app } = await open(redis.url)
    const [one, other] = await Promise.all(
      ['https://a.example.com/mcp', 'https://b.example.com/mcp'].map((resource) =>
        openRedisState(redis?.url ?? '', resource, app.log),
      ),
    )
    await one?.set('answer:1', 'yes', 60_000)
    expect([await one?.get('answer:1'), await other?.get('answer:1'), await one?.get('answer:2')]).toEqual([
      'yes',
      undefined,
      undefined,
    ])
    await one?.delete('answer:1')
    expect(await one?.get('answer:1')).toBeUndefined()
    await one?.set('answer:1', 'soon gone', 1)
    await vi.waitFor(async () => expect(await one?.get('answer:1')).toBeUndefined())
    await Promise.all([one?.close(), other?.close()])
    await expect(one?.get('answer:1')).rejects.toThrow()
  })

  test('that is not needed is not there: nothing of it is loaded, and readiness has nothing to say', async () => {
    harness = await createHarness()
    expect(sharingNotice(harness.app)).toEqual({})
  })

  test('whose package is not installed is named, with what to do, and the configuration is at fault', async () => {
    const hook = `export async function resolve(specifier, context, next) {
      if (specifier !== 'ioredis') return next(specifier, context)
      throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' })
    }`
    const without = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))})`
    const child = spawn(process.execPath, ['--import', dataUrl(without), '--input-type=module', '--eval', ENTRY], {
      env: { ...process.env, NODE_ENV: 'test', PORT: '0', ISSUER: issuer.issuer, REDIS_URL: 'redis://127.0.0.1:1' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let err = ''
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    const [code] = await once(child, 'close')
    expect(code).toBe(78)
    expect(err).toContain('REDIS_URL is set, and the package ioredis, which talks to Redis, is not installed.')
    expect(err).toContain('npm install ioredis')
    expect(err).not.toMatch(/\n\s+at /)
  })

  test.each(['localhost:6379', 'http://redis.internal', 'redis://', 'nonsense'])(
    'whose address is %j stops the start, without repeating it',
    async (url) => {
      const started = createHarness({ server: { environment: { NODE_ENV: 'test', REDIS_URL: url } } })
      await expect(started).rejects.toThrow(ConfigurationError)
      await expect(started).rejects.toThrow('REDIS_URL is not the address of a Redis server.')
      await expect(started).rejects.not.toThrow(url)
    },
  )
})
