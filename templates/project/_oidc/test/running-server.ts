// This server, running on a port that is free, and an issuer for tests in place of its authorization server.
import { createTestIssuer } from '@mcp-secure/testing'
import { createServer } from '../generated/server.gen.js'
import { freePort } from './free-port.js'

export interface RunningServer {
  readonly resource: URL
  /** An access token of this user with these scopes. */
  token(user: string, scopes: readonly string[]): Promise<string>
  stop(): Promise<void>
}

export async function startServer(): Promise<RunningServer> {
  const port = await freePort()
  const resource = new URL(`http://localhost:${port}/mcp`)
  const issuer = await createTestIssuer({ audience: resource.href })
  const environment = { NODE_ENV: 'test', MCP_RESOURCE: resource.href, MCP_AUTH_ISSUER: issuer.issuer }
  const server = await createServer({ environment, logger: false })
  await server.listen({ host: 'localhost', port })
  return {
    resource,
    token: (subject, scopes) => issuer.issue({ subject, scopes }),
    async stop() {
      await server.close()
      await issuer.stop()
    },
  }
}
