import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CookieJar, startPostgres, type TemporaryPostgres } from '@mcp-secure/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../src/state/database.js'
import { lockDirectory } from '../src/state/directory-lock.js'
import { loadKeys, loadSecret } from '../src/state/keys.js'
import { readOrCreatePrivateFile } from '../src/state/private-file.js'
import { RecordStore } from '../src/state/record-store.js'
import { introspect, type Json, RawClient } from './support/client.js'
import { Browser } from './support/pages.js'
import { startServer, type TestServer } from './support/server.js'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'auth-state-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** A life and a restart, whatever the state is kept in; `meanwhile` happens during the first life. */
async function restarts(
  state: { directory: string; databaseUrl?: string },
  meanwhile: () => Promise<void> = async () => {},
): Promise<void> {
  const first = await startServer({ state })
  await meanwhile()
  const client = await RawClient.registered(first)
  const cookies = new CookieJar()
  const tokens = await client.tokens({}, { cookies })
  await first.close()
  const second = await startServer({ state, port: first.port })
  try {
    await expectSurvival(second, client, tokens, cookies)
  } finally {
    await second.close()
  }
}

/** What is left of a first start that was killed while it unpacked its database. */
async function leaveHalfUnpacked(path: string): Promise<void> {
  await mkdir(join(path, 'database'), { recursive: true })
  await writeFile(join(path, 'database', 'PG_VERSION'), '17\n')
  await writeFile(join(path, 'database.unfinished'), '')
}

async function expectSurvival(server: TestServer, client: RawClient, tokens: Json, cookies: CookieJar): Promise<void> {
  expect(await introspect(server, tokens.access_token)).toMatchObject({ active: true, sub: 'ada' })
  expect((await client.refresh(tokens.refresh_token)).status).toBe(200)
  const browser = Object.assign(new Browser(), { cookies })
  // The login was kept: the first page is the consent page.
  expect((await browser.login(client)).html).toContain('Logged in as <strong>ada</strong>')
  expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant')
}

describe('a restart', () => {
  it('P11 keeps tokens, clients, logins and keys in a directory of its own, also after a first start that was killed', async () => {
    const state = { directory: join(directory, 'restart') }
    await leaveHalfUnpacked(state.directory)
    await restarts(state, async () => {
      if (process.platform !== 'win32') {
        expect((await stat(join(state.directory, 'database'))).mode & 0o777).toBe(0o700)
      }
      await expect(startServer({ state })).rejects.toThrow(`in use by process ${process.pid}`)
    })
  })

  it('P11 keeps neither codes, tokens nor cookies where somebody could read and use them', async () => {
    const state = { directory: join(directory, 'restart') }
    const server = await startServer({ state })
    const client = await RawClient.registered(server)
    const cookies = new CookieJar()
    const callback = await client.logIn({}, { cookies })
    const code = callback.searchParams.get('code') ?? ''
    const { body } = await client.redeem(code)
    const session = /mcp_auth_session=([\w-]+)/.exec(cookies.header(new URL(server.issuer)))?.[1] ?? ''
    await server.close()
    const database = await openDatabase(state)
    const { rows } = await database.query('SELECT * FROM mcp_auth_records')
    await database.close()
    const dump = JSON.stringify(rows)
    expect(rows.length).toBeGreaterThan(4)
    for (const value of [code, body.access_token, body.refresh_token, session]) {
      expect(String(value).length).toBeGreaterThan(20)
      expect(dump).not.toContain(value)
    }
  })
})

describe('a real PostgreSQL', () => {
  let postgres: TemporaryPostgres | undefined
  beforeAll(async () => {
    postgres = await startPostgres()
    if (!postgres) console.warn('skipped: the state in a PostgreSQL server, because no PostgreSQL is installed')
  })
  afterAll(() => postgres?.stop())

  it('keeps the same state by the same SQL', async (test) => {
    if (!postgres) return test.skip('no PostgreSQL is installed')
    await restarts({ directory: join(directory, 'postgres'), databaseUrl: postgres.url })
  })

  it('that does not answer is named, without its password', async () => {
    const databaseUrl = 'postgres://user:secret-word@127.0.0.1:1/none'
    const attempt = startServer({ state: { directory: join(directory, 'nowhere'), databaseUrl } })
    await expect(attempt).rejects.toThrow(/MCP_AUTH_DATABASE_URL/)
    await expect(attempt).rejects.not.toThrow(/secret-word/)
  })
})

describe('the state directory', () => {
  it('is refused while another process has it, and taken over when that one is gone', async () => {
    const path = join(directory, 'lock')
    await (await lockDirectory(path))()
    await writeFile(join(path, 'lock'), `${process.ppid} other\n`)
    await expect(lockDirectory(path)).rejects.toThrow(`in use by process ${process.ppid}`)
    await expect(lockDirectory(path)).rejects.toThrow('MCP_AUTH_STATE')
    // No process has the largest number that Linux, macOS and Windows could give.
    await writeFile(join(path, 'lock'), '4194304999 gone\n')
    const unlock = await lockDirectory(path)
    await unlock()
    expect(await readdir(path)).toEqual([])
  })

  it('is taken over from an earlier run with the same process number, as in a container', async () => {
    const path = join(directory, 'container')
    await (await lockDirectory(path))()
    await writeFile(join(path, 'lock'), `${process.pid} earlier run\n`)
    await (await lockDirectory(path))()
  })

  it('goes to one of several processes that find the lock of a dead one at the same moment', async () => {
    const fixture = new URL('./fixtures/race-for-lock.mjs', import.meta.url)
    const race = spawn(process.execPath, [fileURLToPath(fixture), join(directory, 'race')])
    let output = ''
    race.stdout.on('data', (text) => {
      output += text
    })
    race.stderr.on('data', (text) => {
      output += text
    })
    await once(race, 'close')
    expect(output).toBe('1 '.repeat(30))
  })

  it('P11 holds keys that only this user can read, made once', async () => {
    const path = join(directory, 'keys')
    const keys = await loadKeys(path)
    expect(await loadKeys(path)).toEqual(keys)
    expect(keys.signing.keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig', d: expect.any(String) })
    expect((await readdir(path)).sort()).toEqual(['cookie-keys.json', 'signing-keys.json'])
    if (process.platform === 'win32') return
    for (const name of await readdir(path)) expect((await stat(join(path, name))).mode & 0o777).toBe(0o600)
  })

  it('P11 keys that are damaged are named, and not replaced in silence', async () => {
    const path = join(directory, 'damaged')
    await loadKeys(path)
    await writeFile(join(path, 'signing-keys.json'), '{ not JSON')
    await expect(loadKeys(path)).rejects.toThrow(/signing-keys\.json is damaged/)
  })

  it('the secret is the same for everybody who makes it at the same moment', async () => {
    const file = join(directory, 'secret', 'introspection-secret')
    const secrets = await Promise.all(Array.from({ length: 8 }, () => loadSecret(file)))
    expect(new Set(secrets).size).toBe(1)
    expect(secrets[0]).toMatch(/^[\w-]{43}$/)
    expect(await readFile(file, 'utf8')).toBe(secrets[0])
    expect(await readdir(join(directory, 'secret'))).toEqual(['introspection-secret'])
  })

  it('an empty private file counts as none', async () => {
    const file = join(directory, 'empty')
    await writeFile(file, '')
    expect(await readOrCreatePrivateFile(file, async () => 'made')).toBe('made')
  })
})

describe('the table', () => {
  let database: Database
  let store: RecordStore

  beforeAll(async () => {
    database = await openDatabase(undefined)
    store = await RecordStore.open(database)
    // A second process prepares the same table.
    await RecordStore.open(database)
  })
  afterAll(() => database.close())

  it('P10 holds more than the thousand records of the quick start store', async () => {
    const clients = store.adapter('Client')
    for (let index = 0; index < 1100; index++)
      await clients.upsert(`client-${index}`, { client_id: `client-${index}` }, 0)
    expect(await clients.find('client-0')).toEqual({ client_id: 'client-0' })
  })

  it('forgets what has expired', async () => {
    const tokens = store.adapter('AccessToken')
    await tokens.upsert('expired', { jti: 'expired' }, -1)
    await tokens.upsert('alive', { jti: 'alive', grantId: 'g' }, 60)
    expect(await tokens.find('expired')).toBeUndefined()
    await store.removeExpired()
    const { rows } = await database.query("SELECT id FROM mcp_auth_records WHERE model = 'AccessToken'")
    expect(rows).toHaveLength(1)
    expect(await tokens.find('alive')).toMatchObject({ jti: 'alive', grantId: 'g' })
  })

  it('lets a record be consumed once', async () => {
    const codes = store.adapter('AuthorizationCode')
    await codes.upsert('code', { jti: 'code' }, 60)
    await codes.consume('code')
    await expect(codes.consume('code')).rejects.toThrow('invalid_grant')
    expect(await codes.find('code')).toMatchObject({ consumed: expect.any(Number) })
  })

  it('revokes by grant within one model', async () => {
    const [tokens, codes] = [store.adapter('AccessToken'), store.adapter('AuthorizationCode')]
    await tokens.upsert('of-grant', { jti: 'of-grant', grantId: 'one' }, 60)
    await tokens.upsert('of-other', { jti: 'of-other', grantId: 'two' }, 60)
    await codes.upsert('code-of-grant', { jti: 'code-of-grant', grantId: 'one' }, 60)
    await tokens.revokeByGrantId('one')
    expect(await tokens.find('of-grant')).toBeUndefined()
    expect(await tokens.find('of-other')).toBeDefined()
    expect(await codes.find('code-of-grant')).toBeDefined()
  })
})
