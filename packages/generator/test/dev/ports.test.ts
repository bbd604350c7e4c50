import { createServer, type Server } from 'node:net'
import { basename } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { portOwner } from '../../dist/dev/port-owner.js'
import { put } from '../support/project.js'
import { callTool, endAll, freePort, liveDev, startDev } from './support/dev.js'
import { devProject, ELSEWHERE } from './support/projects.js'

const occupied = new Set<Server>()
afterEach(async () => {
  await endAll()
  for (const server of occupied) server.close()
  occupied.clear()
})

/** A port of this machine that this process has. */
function occupy(port = 0): Promise<number> {
  const server = createServer()
  occupied.add(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })
}

const spec = (resource: string, issuer: string) => `import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'notes',
  version: '1.0.0',
  resource: ${resource},
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Change your notes', implies: ['notes:read'] },
  },
  auth: embedded({ issuer: ${issuer} }),
})
`
const development = (name: string, port: number, path = '') =>
  `env('${name}', { development: 'http://localhost:${port}${path}' })`
const blame = process.platform === 'linux' ? ` by ${basename(process.execPath)}` : ''

it('taken ports of development values are told, with who has them, and the next free ones are used', async () => {
  const [port, issuer] = [await occupy(), await occupy()]
  const server = spec(development('MCP_RESOURCE', port, '/mcp'), development('MCP_AUTH_ISSUER', issuer))
  const dev = await liveDev(devProject({ 'mcp/server.ts': server }), { ownAddresses: true })
  const ready = await dev.event('ready')
  const notices = dev.events.flatMap((event) => (event.event === 'notice' ? [event.message] : []))
  const used = Number(new URL(ready.resource).port)
  const usedIssuer = Number(new URL(ready.issuer).port)
  expect(used).toBeGreaterThan(port)
  expect(usedIssuer).toBeGreaterThan(issuer)
  expect(notices[0]).toContain(`Port ${port} is taken${blame}`)
  expect(notices[0]).toContain(`so the MCP server uses ${used}.`)
  expect(notices[1]).toContain(`Port ${issuer} is taken${blame}`)
  expect(notices[1]).toContain(`so the authorization server uses ${usedIssuer}.`)
  expect((await callTool(ready.resource, 'greet')).text).toContain('hello')
  // Both programs know the other's address: what the metadata says is where the login is.
  const metadata = await fetch(`http://localhost:${used}/.well-known/oauth-protected-resource/mcp`)
  expect(await metadata.json()).toMatchObject({ resource: ready.resource, authorization_servers: [ready.issuer] })
})

it.each([
  {
    asked: 'by --port',
    start: (port: number) => ({ argv: ['--port', String(port)], ownAddresses: true }),
    advice: 'End that program, or ask for another --port.',
  },
  {
    asked: 'by MCP_RESOURCE',
    start: (port: number) => ({ env: { MCP_RESOURCE: `http://localhost:${port}/mcp` } }),
    advice: 'and MCP_RESOURCE asks for it.',
  },
  {
    asked: 'by MCP_AUTH_ISSUER',
    start: (port: number) => ({ env: { MCP_AUTH_ISSUER: `http://localhost:${port}` } }),
    advice: 'and the authorization server is to be there.',
  },
])('a taken port that is asked for $asked is one clear error', async ({ start, advice }) => {
  const port = await occupy()
  const dev = await startDev(devProject(), start(port))
  expect(await dev.ended).toBe(1)
  expect(dev.events).toHaveLength(1)
  expect(dev.printed()).toContain(`Port ${port} is taken${blame}`)
  expect(dev.printed()).toContain(advice)
  expect(dev.printed()).not.toMatch(/^\s+at /m)
})

it('--port moves a development value', async () => {
  const port = await freePort()
  const dev = await startDev(devProject(), {
    argv: ['--port', String(port)],
    ownAddresses: true,
    env: { MCP_AUTH_ISSUER: `http://localhost:${await freePort()}` },
  })
  expect((await dev.event('ready')).resource).toBe(`http://localhost:${port}/mcp`)
})

it.each(['0', '70000', 'abc', '-1'])('--port %s is misuse', async (port) => {
  const dev = await startDev(devProject(), { argv: [`--port=${port}`] })
  expect(await dev.ended).toBe(2)
  expect(dev.printed()).toContain('--port takes a number from 1 to 65535')
})

it('a folder that is not there is said in one line', async () => {
  const dev = await startDev(devProject(), { argv: ['--project', 'nowhere'] })
  expect(await dev.ended).toBe(1)
  expect(dev.printed().split('\n')).toHaveLength(1)
  expect(dev.printed()).toContain('nowhere')
})

it('that nobody has a port is no failure', async () => {
  expect(await portOwner(await freePort())).toBeNull()
})

it('an issuer that is not set is told, with where to set it, and ends it', async () => {
  const server = ELSEWHERE.replace(`'https://login.example.com'`, `env('LOGIN_THAT_NOBODY_SET')`)
  const dev = await startDev(devProject({ 'mcp/server.ts': server }))
  expect(await dev.ended).toBe(1)
  expect(dev.printed()).toContain('LOGIN_THAT_NOBODY_SET is not set.')
  expect(dev.printed()).toContain('Set it, in .env for example.')
})

it('an authorization server that refuses its address is told with the reason, and starts when that is repaired', async () => {
  const directory = devProject({ '.env': 'MCP_AUTH_ISSUER=https://login.example.com\n' })
  const resource = `http://localhost:${await freePort()}/mcp`
  const dev = await startDev(directory, { ownAddresses: true, env: { MCP_RESOURCE: resource } })
  const { message } = await dev.event('notice', ({ level }) => level === 'error')
  expect(message).toContain('The authorization server does not start.')
  expect(message).toContain('The issuer https://login.example.com is not on this computer.')
  await dev.event('build', ({ status }) => status === 'live')
  const from = dev.events.length
  const issuer = `http://localhost:${await freePort()}`
  put(directory, '.env', `MCP_AUTH_ISSUER=${issuer}\n`)
  expect(await dev.event('ready', undefined, from)).toMatchObject({ issuer })
  expect((await fetch(`${issuer}/.well-known/oauth-authorization-server`)).status).toBe(200)
})
