import type { AddressInfo } from 'node:net'
import { createConsole } from './console.js'
import type { FromConsole } from './definition.js'
import { Feed } from './feed.js'

/** BSD sysexits: it was started in a way that cannot work, so that a supervisor need not try again. */
const EX_CONFIG = 78

/**
 * The console as a process of its own, forked by `mcp-gen dev`: listens on a
 * free port of loopback, tells its parent which, and ends with it.
 */
async function serve(): Promise<void> {
  if (!process.send) {
    throw new Error('The console has no life of its own: mcp-gen dev starts it. Run: npx mcp-gen dev')
  }
  const feed = new Feed()
  process.on('message', (message) => feed.receive(message))
  const app = await createConsole({ feed })
  const end = (): void => {
    app.close().finally(() => process.exit())
  }
  for (const event of ['disconnect', 'SIGINT', 'SIGTERM']) process.once(event, end)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  process.send({ type: 'listening', port } satisfies FromConsole)
}

try {
  await serve()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(EX_CONFIG)
}
