import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthorizationServer } from '@mcp-secure/auth-server'
import { freePort } from '@mcp-secure/testing'
import { policy } from '../../generated/policy.gen.js'
import { createServer } from '../../generated/server.gen.js'

/** The example and its authorization server, both in this process and each on a port of its own. */
export interface Running {
  readonly server: Awaited<ReturnType<typeof createServer>>
  readonly authorizationServer: Awaited<ReturnType<typeof createAuthorizationServer>>
  /** The settings that both started with. */
  readonly environment: {
    readonly NODE_ENV: string
    readonly MCP_RESOURCE: string
    readonly MCP_AUTH_ISSUER: string
    readonly MCP_INTROSPECTION_SECRET: string
  }
  /** Ends both, and removes what was written. */
  close(): Promise<void>
}

export async function start(): Promise<Running> {
  const data = await mkdtemp(join(tmpdir(), 'notes-'))
  process.env.NOTES_DATA = data
  const [port, issuerPort] = [await freePort(), await freePort()]
  const environment = {
    NODE_ENV: 'test',
    MCP_RESOURCE: `http://localhost:${port}/mcp`,
    MCP_AUTH_ISSUER: `http://localhost:${issuerPort}`,
    MCP_INTROSPECTION_SECRET: 'known-to-both-for-this-test-only',
  }
  const authorizationServer = await createAuthorizationServer(policy, { environment, state: 'memory' })
  await authorizationServer.listen({ host: 'localhost', port: issuerPort })
  const server = await createServer({ environment, logger: false })
  await server.listen({ host: 'localhost', port })
  return {
    server,
    authorizationServer,
    environment,
    async close() {
      await server.close()
      await authorizationServer.close()
      await rm(data, { recursive: true })
    },
  }
}
