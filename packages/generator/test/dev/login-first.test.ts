import { expect, it } from 'vitest'
import { liveDev } from './support/dev.js'
import { devProject, MAIN } from './support/projects.js'

/** An authorization server that goes on starting when the server is loaded, and leaves a file when it has. */
const SLOW = `import { existsSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

export async function serve() {
  while (!existsSync('server-is-loaded')) await setTimeout(10)
  await setTimeout(1_000)
  writeFileSync('login-is-there', '')
  process.send({ type: 'listening', port: 4000 })
}
`

/** Services are loaded with the server, and not by a build. */
const TELLS = `import { writeFileSync } from 'node:fs'
import { defineServices } from '@mcp-secure/spec'

writeFileSync('server-is-loaded', '')
export default defineServices({ open: () => ({}) })
`

/** Fails unless the login is there when the server starts, and tries its issuer out. */
const LOOKS = `import { existsSync } from 'node:fs'
${MAIN.replace('await start', "if (!existsSync('login-is-there')) throw new Error('no login yet')\nawait start")}`

it('a server starts when its authorization server has, so that it reports none as missing', async () => {
  const dev = await liveDev(
    devProject({
      'main.ts': LOOKS,
      'mcp/services.ts': TELLS,
      'node_modules/@mcp-secure/auth-server/package.json': JSON.stringify({
        name: '@mcp-secure/auth-server',
        version: '0.0.0',
        type: 'module',
        exports: './index.js',
      }),
      'node_modules/@mcp-secure/auth-server/index.js': SLOW,
    }),
  )
  expect(await dev.event('build')).toMatchObject({ status: 'live', findings: [] })
})
