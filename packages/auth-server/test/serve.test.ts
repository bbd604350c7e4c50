import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AuthorizationServerDefinition, ConfigurationError, createAuthorizationServer } from '../src/index.js'
import { basic, postForm } from './support/client.js'
import { freePort } from './support/server.js'

/** The entry of a project, as `authorization-server.gen.ts` is. */
const entry = new URL('./fixtures/entry.mjs', import.meta.url)

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'auth-serve-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

interface Run {
  readonly child: ChildProcess
  readonly output: () => string
  readonly ended: Promise<number | null>
}

function run(environment: Record<string, string>): Run {
  const { NODE_ENV: _, ...inherited } = process.env
  const child = spawn(process.execPath, [entry.pathname.replace(/^\/([A-Z]:)/, '$1')], {
    cwd: directory,
    env: { ...inherited, ...environment },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      output += text
    })
  }
  return { child, output: () => output, ended: once(child, 'exit').then(([code]) => code) }
}

async function printed(process: Run, text: string): Promise<void> {
  while (!process.output().includes(text)) {
    const more = once(process.child.stdout as NodeJS.ReadableStream, 'data')
    const end = process.ended.then(() => {
      throw new Error(`ended early:\n${process.output()}`)
    })
    await Promise.race([more, end])
  }
}

describe('serve', () => {
  it('starts with development defaults, prints one line, makes the secret, and ends on SIGTERM', async () => {
    const issuer = `http://localhost:${await freePort()}`
    const server = run({ NODE_ENV: 'development', MCP_AUTH_ISSUER: issuer })
    await printed(server, 'Authorization server of Notes')
    const [start, ...more] = server.output().trim().split('\n')
    expect(more).toEqual([])
    expect(start).toContain(issuer)
    expect(start).toContain('development only')
    expect(start).toContain('http://localhost:3000/mcp')
    expect(server.output()).not.toMatch(/warning|notice|deprecat/i)
    const file = join(directory, '.mcp-secure', 'introspection-secret')
    const secret = await readFile(file, 'utf8')
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(join(directory, '.mcp-secure', '.gitignore'), 'utf8')).toBe('*\n')
    const authorization = basic('mcp-resource-server', secret)
    const answer = await postForm(`${issuer}/token/introspection`, { token: 'x' }, { authorization })
    expect(answer).toMatchObject({ status: 200, body: { active: false } })
    await expectRefusalWhileRunning(issuer)
    server.child.kill('SIGTERM')
    // Windows knows no SIGTERM: the process is ended from outside.
    expect(await server.ended).toBe(process.platform === 'win32' ? null : 0)
  })

  /** The state directory is one server's; the second one says so and leaves it alone. */
  async function expectRefusalWhileRunning(issuer: string): Promise<void> {
    const second = run({ NODE_ENV: 'development', MCP_AUTH_ISSUER: `http://localhost:${await freePort()}` })
    expect(await second.ended).toBe(78)
    expect(second.output()).toContain('is in use by process')
    expect(second.output()).toContain('MCP_AUTH_STATE')
    expect(second.output()).not.toMatch(/^\s+at /m)
    expect((await fetch(`${issuer}/jwks`)).status).toBe(200)
  }

  it('says when its port is taken', async () => {
    const port = await freePort()
    const other = createServer().listen(port, 'localhost')
    await once(other, 'listening')
    const server = run({ NODE_ENV: 'development', MCP_AUTH_ISSUER: `http://localhost:${port}` })
    expect(await server.ended).toBe(78)
    expect(server.output()).toContain(`Port ${port}`)
    expect(server.output()).toContain('MCP_AUTH_ISSUER=')
    expect(server.output()).not.toMatch(/^\s+at /m)
    other.close()
  })

  it('takes an unset NODE_ENV for production, as the MCP server does, and says what to do', async () => {
    const server = run({ MCP_AUTH_ISSUER: 'http://localhost:4000', MCP_RESOURCE: 'http://localhost:3000/mcp' })
    expect(await server.ended).toBe(78)
    expect(server.output()).toContain('for development only')
    expect(server.output()).toContain('NODE_ENV is not set')
    expect(server.output()).toContain('NODE_ENV=development')
    expect(server.output()).not.toMatch(/^\s+at /m)
  })

  it('names everything that is wrong at once', async () => {
    const server = run({ NODE_ENV: 'development', MCP_AUTH_ISSUER: 'http://0.0.0.0:1', MCP_RESOURCE: 'notes' })
    expect(await server.ended).toBe(78)
    expect(server.output()).toContain('http://0.0.0.0:1 is not on this computer')
    expect(server.output()).toContain('The resource "notes" is not')
    expect(server.output()).not.toMatch(/^\s+at /m)
  })
})

/** What `serve` prints before it ends with 78; see above. */
describe('the configuration', () => {
  const definition: AuthorizationServerDefinition = {
    server: { name: 'notes' },
    resource: { env: 'MCP_RESOURCE', development: 'http://localhost:3000/mcp' },
    issuers: [{ issuer: { env: 'MCP_AUTH_ISSUER', development: 'http://localhost:4000' } }],
    scopes: {},
  }

  async function refusal(environment: NodeJS.ProcessEnv): Promise<string> {
    const attempt = createAuthorizationServer(definition, { environment, state: 'memory' })
    const error: unknown = await attempt.then(() => undefined).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConfigurationError)
    return String(error)
  }

  it.each(['production', 'staging', 'Production'])(
    'is refused with NODE_ENV=%s, and it is said what to do',
    async (mode) => {
      const environment = { NODE_ENV: mode, MCP_AUTH_ISSUER: 'http://localhost:4000' }
      const message = await refusal(environment)
      expect(message).toContain('for development only')
      expect(message).toContain('oidc(')
    },
  )

  it.each([
    ['https://auth.example.com', 'not on this computer'],
    ['http://0.0.0.0:4000', 'not on this computer'],
    ['http://192.168.1.2:4000', 'not on this computer'],
    ['http://localhost.evil.example:4000', 'not on this computer'],
    ['http://localhost:4000/', 'Write http://localhost:4000'],
    ['http://LOCALHOST:4000', 'Write http://localhost:4000'],
    ['http://127.1:4000', 'Write http://127.0.0.1:4000'],
    ['http://localhost:4000?x', 'no user name, query'],
    ['http://user@localhost:4000', 'no user name, query'],
    ['localhost', 'not a URL'],
  ])('is refused with %s for the issuer', async (issuer, words) => {
    expect(await refusal({ NODE_ENV: 'development', MCP_AUTH_ISSUER: issuer })).toContain(words)
  })
})
