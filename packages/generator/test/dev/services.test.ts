import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { get, put } from '../support/project.js'
import { callTool, liveDev, type RunningDev, until } from './support/dev.js'
import { devProject, ELSEWHERE, says } from './support/projects.js'

/** Services that only one process may have open, as a database in a folder. */
const services = (extra = '') => `import { rmdirSync, mkdirSync } from 'node:fs'
import { defineServices } from '@mcp-secure/spec'

export default defineServices({
  open() {
    mkdirSync('held')
    ${extra}
    return { word: 'service' }
  },
  close() {
    rmdirSync('held')
  },
})
`

/** A tool that answers when a file is there. */
const WAITS = `import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Waits for a file',
  access: 'public',
  annotations: { readOnlyHint: true },
  async run() {
    writeFileSync('waits', '')
    while (!existsSync('go')) await sleep(10)
    return 'waited to the end'
  },
})
`

let directory: string
let dev: RunningDev
beforeAll(async () => {
  directory = devProject({ 'mcp/server.ts': ELSEWHERE, 'mcp/services.ts': services() })
  dev = await liveDev(directory)
})

const file = (name: string) => join(directory, name)
const greeting = async () => (await callTool(dev.resource, 'greet')).text
const liveAfter = async (change: () => void) => {
  const from = dev.events.length
  change()
  return dev.event('build', ({ status }) => status === 'live', from)
}

it('the services of two servers are never open at once, and no request is lost in between', async () => {
  let asking = true
  const asked = (async () => {
    const statuses: number[] = []
    while (asking) statuses.push((await callTool(dev.resource, 'greet')).status)
    return statuses
  })()
  for (const text of ['one', 'two', 'three']) {
    await liveAfter(() => put(directory, 'mcp/tools/greet.ts', says(text)))
    expect(await greeting()).toContain(text)
  }
  asking = false
  const statuses = await asked
  expect(statuses.length).toBeGreaterThan(3)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
})

it('services that do not open are a finding, and the last good server runs again', async () => {
  await liveAfter(() => put(directory, 'mcp/tools/greet.ts', says('before')))
  const from = dev.events.length
  put(directory, 'mcp/services.ts', services().replace(`mkdirSync('held')`, `throw new Error('no database')`))
  const failed = await dev.event('build', ({ status }) => status === 'failed', from)
  expect(failed.findings).toMatchObject([{ code: 'server-does-not-start', severity: 'error' }])
  expect(failed.findings[0]?.message).toContain('no database')
  expect(failed.findings[0]?.place).toMatch(/^mcp\/services\.ts:6:\d+$/)
  expect(await greeting()).toContain('before')
  expect(existsSync(file('held'))).toBe(true)
  await liveAfter(() => put(directory, 'mcp/services.ts', services('// repaired')))
  expect(await greeting()).toContain('before')
})

it('a call of a tool that is deleted meanwhile ends as it should, and then the tool is gone', async () => {
  await liveAfter(() => put(directory, 'mcp/tools/wait.ts', WAITS))
  const call = callTool(dev.resource, 'wait')
  await until(() => existsSync(file('waits')))
  const from = dev.events.length
  rmSync(file('mcp/tools/wait.ts'))
  // The server that runs the call is being replaced when the call may go on: this request waits for the next one.
  await until(() => !existsSync(file('generated')) || !get(directory, 'generated/policy.gen.ts').includes('wait:'))
  const during = callTool(dev.resource, 'greet')
  writeFileSync(file('go'), '')
  expect(await call).toMatchObject({ status: 200 })
  expect((await call).text).toContain('waited to the end')
  expect((await during).status).toBe(200)
  await dev.event('build', ({ status }) => status === 'live', from)
  // What is not there is not public either.
  expect(await callTool(dev.resource, 'wait')).toMatchObject({ status: 401 })
})
