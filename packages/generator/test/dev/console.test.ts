import { expect, it } from 'vitest'
import type { ConsoleState, Decision } from '../../dist/dev/console-messages.js'
import { put } from '../support/project.js'
import { callTool, liveDev, until } from './support/dev.js'
import { devProject, says } from './support/projects.js'

/** A console that answers with what it was told. */
const CONSOLE = `import { createServer } from 'node:http'

const told = { states: [], decisions: [], urls: [] }
process.on('message', (message) => {
  if (message.type === 'state') told.states.push(message.state)
  if (message.type === 'decision') told.decisions.push(message.decision)
})
process.on('disconnect', () => process.exit())
const server = createServer((request, response) => {
  told.urls.push(request.url)
  response.end(JSON.stringify(told))
})
server.listen(0, '127.0.0.1', () => process.send({ type: 'listening', port: server.address().port }))
`

const REFUND = `import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Pays back',
  scopes: ['notes:read'],
  argumentScopes: { declared: ['notes:write'], pick: ({ all }) => (all ? ['notes:write'] : []) },
  whenDenied: 'hide',
  onlyFor: { clientIds: ['desk', 'till'] },
  freshLogin: { maxAgeSeconds: 300 },
  limits: { perMinute: 5, seconds: 20 },
  input: z.object({ all: z.boolean() }),
  authorize: () => true,
  run: () => 'paid back',
})
`

const withConsole = () =>
  devProject({
    'mcp/tools/refund.ts': REFUND,
    'node_modules/@mcp-secure/console/package.json': JSON.stringify({
      name: '@mcp-secure/console',
      version: '0.0.0',
      type: 'module',
      exports: { './serve': './serve.js' },
    }),
    'node_modules/@mcp-secure/console/serve.js': CONSOLE,
  })

interface Told {
  readonly states: readonly ConsoleState[]
  readonly decisions: readonly Decision[]
  readonly urls: readonly string[]
}

it('the console of the project is told what there is, how builds go, and each decision', async () => {
  const directory = withConsole()
  const dev = await liveDev(directory)
  const ask = async (path = '/') => (await (await fetch(`${dev.origin}${path}`)).json()) as Told
  await until(async () => (await fetch(dev.origin)).headers.get('content-type') === null)
  expect((await dev.event('ready')).console).toBe(`${dev.origin}/`)
  await callTool(dev.resource, 'greet')
  await callTool(dev.resource, 'write_note')
  await until(async () => (await ask()).decisions.length === 2)
  const { states, decisions, urls } = await ask('/console/state?now')
  expect(urls.at(-1)).toBe('/console/state?now')
  const state = states.at(-1) as ConsoleState
  expect(state).toMatchObject({
    server: { name: 'notes', version: '1.0.0' },
    resource: dev.resource,
    embedded: true,
    directory,
    scopes: [
      { name: 'notes:read', description: 'Read your notes', baseline: true, implies: [] },
      { name: 'notes:write', description: 'Change your notes', baseline: false, implies: ['notes:read'] },
    ],
    tools: [
      { name: 'greet', access: { kind: 'public' }, besides: [], place: 'mcp/tools/greet.ts:3', outputSchema: null },
      {
        name: 'refund',
        access: { kind: 'scopes', scopes: ['notes:read'] },
        besides: [
          'depending on its arguments also notes:write',
          'hidden from everybody else',
          'only for the client desk or till',
          'after a login of the last 300 seconds',
          'if its own rule about the object allows it',
          '5 calls a minute by one subject',
          '20 seconds a call',
        ],
      },
      { name: 'write_note', access: { kind: 'scopes', scopes: ['notes:write'] }, besides: [] },
    ],
    resources: [],
    prompts: [],
    build: { status: 'live', findings: [] },
  })
  expect(state.tools[0]?.inputSchema).toMatchObject({ type: 'object' })
  expect(decisions).toMatchObject([
    { method: 'tools/call', name: 'greet', outcome: 'allowed', reason: 'answered', status: 200 },
    { name: 'write_note', outcome: 'refused', reason: 'login-required', status: 401 },
  ])
  expect(decisions[0]?.id).not.toBe(decisions[1]?.id)

  put(directory, 'mcp/tools/greet.ts', `${says('broken')})`)
  await until(async () => (await ask()).states.at(-1)?.build.status === 'failed')
  const failed = (await ask()).states.at(-1) as ConsoleState
  expect(failed.build.findings).toMatchObject([{ code: 'syntax-error', severity: 'error' }])
  // The last good build is what is served, and what is shown.
  expect(failed.tools).toHaveLength(3)
})

it('without a console the root says how to get one', async () => {
  // A package that serves nothing hides the one of this repository.
  const none = JSON.stringify({ name: '@mcp-secure/console', version: '0.0.0', exports: {} })
  const dev = await liveDev(devProject({ 'node_modules/@mcp-secure/console/package.json': none }))
  expect((await dev.event('ready')).console).toBeNull()
  expect(await (await fetch(`${dev.origin}/`)).text()).toContain('npm install --save-dev @mcp-secure/console')
})
