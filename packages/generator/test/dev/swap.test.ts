import { BrowserlessProvider } from '@mcp-secure/testing'
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'
import { beforeAll, expect, it } from 'vitest'
import { put } from '../support/project.js'
import { callTool, liveDev, type RunningDev, until } from './support/dev.js'
import { devProject, says, TSCONFIG } from './support/projects.js'

let directory: string
let dev: RunningDev
beforeAll(async () => {
  directory = devProject({ 'tsconfig.json': TSCONFIG })
  dev = await liveDev(directory)
})

const greeting = async () => (await callTool(dev.resource, 'greet')).text
const answers = (text: string) => until(async () => (await greeting()).includes(text))

/** The next build that ends so, after what `change` does. */
async function buildAfter(change: () => void, status: 'live' | 'failed') {
  const from = dev.events.length
  change()
  return dev.event('build', (event) => event.status === status, from)
}

it('a client that logged in before an edit calls after it without a new login', async () => {
  const provider = new BrowserlessProvider({ user: 'ada' })
  const url = new URL(dev.resource)
  const connect = () => {
    const transport = new StreamableHTTPClientTransport(url, { authProvider: provider })
    const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
    return { client, transport, connected: client.connect(transport) }
  }
  let { client, transport, connected } = connect()
  // There is a public tool, so the client gets in without a token, and is asked for one by the call.
  await connected
  const call = () => client.callTool({ name: 'write_note', arguments: {} })
  await expect(call()).rejects.toThrow(UnauthorizedError)
  await transport.finishAuth(provider.callback.searchParams)
  await client.close()
  ;({ client, transport, connected } = connect())
  await connected
  const withStepUp = async () =>
    call().catch(async (error: unknown) => {
      if (!(error instanceof UnauthorizedError)) throw error
      await transport.finishAuth(provider.callback.searchParams)
      return call()
    })
  expect(JSON.stringify(await withStepUp())).toContain('written for ada')
  const logins = provider.authorizationUrls.length
  await buildAfter(() => put(directory, 'mcp/tools/greet.ts', says('changed')), 'live')
  await answers('changed')
  expect(JSON.stringify(await call())).toContain('written for ada')
  expect(provider.authorizationUrls).toHaveLength(logins)
  await client.close()
  const allowed = await dev.event('request', ({ name, outcome }) => name === 'write_note' && outcome === 'allowed')
  expect(allowed).toMatchObject({
    method: 'tools/call',
    subject: 'ada',
    needed: ['notes:write'],
    reason: 'answered',
    status: 200,
  })
  expect(allowed.held).toContain('notes:write')
  expect(allowed.milliseconds).toBeGreaterThanOrEqual(0)
  const refused = await dev.event('request', ({ outcome }) => outcome === 'refused')
  expect(refused).toMatchObject({ name: 'write_note', reason: 'login-required', status: 401 })
  expect(refused.subject).toBeUndefined()
})

it.each([
  { fault: 'does not parse', text: `${says('broken')}\n)`, code: 'syntax-error' },
  {
    fault: 'asks for an unknown scope',
    text: says('broken').replace(`access: 'public'`, `scopes: ['notes:raed']`),
    code: 'unknown-scope',
  },
  { fault: 'throws on import', text: says('broken', `throw new Error('not today')`), code: 'module-throws' },
])('a tool that $fault is one finding with its place, and the last good server goes on', async ({ text, code }) => {
  await buildAfter(() => put(directory, 'mcp/tools/greet.ts', says('good')), 'live')
  await answers('good')
  const failed = await buildAfter(() => put(directory, 'mcp/tools/greet.ts', text), 'failed')
  expect(failed.findings).toHaveLength(1)
  expect(failed.findings[0]).toMatchObject({ code, severity: 'error' })
  expect(failed.findings[0]?.place).toMatch(/^mcp\/tools\/greet\.ts:\d+:\d+$/)
  expect(await greeting()).toContain('good')
  await buildAfter(() => put(directory, 'mcp/tools/greet.ts', says(`repaired ${code}`)), 'live')
  await answers(`repaired ${code}`)
})

it('an error of the type check is a finding and holds nothing back', async () => {
  const from = dev.events.length
  const text = says('mistyped').replace('export default', 'export const count: number = "one"\n\nexport default')
  put(directory, 'mcp/tools/greet.ts', text)
  const types = await dev.event('types', ({ findings }) => findings.length > 0, from)
  expect(types.findings).toMatchObject([{ severity: 'error', code: 'TS2322' }])
  expect(types.findings[0]?.place).toMatch(/^mcp\/tools\/greet\.ts:3:\d+$/)
  await answers('mistyped')
  put(directory, 'mcp/tools/greet.ts', says('typed'))
  await dev.event('types', ({ findings }) => findings.length === 0, dev.events.indexOf(types))
})

it('a module that only fails when the server loads it changes nothing', async () => {
  await buildAfter(() => put(directory, 'mcp/tools/greet.ts', says('still here')), 'live')
  await answers('still here')
  const failed = await buildAfter(
    () =>
      put(
        directory,
        'main.ts',
        `import { start } from '@mcp-secure/runtime'\n\nvoid start\nthrow new Error('no main')\n`,
      ),
    'failed',
  )
  expect(failed.findings).toMatchObject([{ code: 'server-does-not-start' }])
  expect(failed.findings[0]?.place).toBe('main.ts:4:7')
  expect(failed.findings[0]?.message).toContain('no main')
  expect(failed.findings[0]?.message).not.toContain(directory)
  expect(await greeting()).toContain('still here')
})
