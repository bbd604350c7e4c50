// This server and its authorization server, running as in development, on ports that are free.
import { createAuthorizationServer } from '@mcp-secure/auth-server'
import { BrowserlessProvider } from '@mcp-secure/testing'
import { auth, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { policy } from '../generated/policy.gen.js'
import { createServer } from '../generated/server.gen.js'
import { freePort } from './free-port.js'

export interface RunningServer {
  readonly resource: URL
  /** An access token from a login of this user in which these scopes were asked for. */
  token(user: string, scopes: readonly string[]): Promise<string>
  stop(): Promise<void>
}

export async function startServer(): Promise<RunningServer> {
  const [port, issuerPort] = [await freePort(), await freePort()]
  const resource = new URL(`http://localhost:${port}/mcp`)
  const environment = {
    NODE_ENV: 'test',
    MCP_RESOURCE: resource.href,
    MCP_AUTH_ISSUER: `http://localhost:${issuerPort}`,
    MCP_INTROSPECTION_SECRET: 'known-to-both-for-this-test-only',
  }
  const authorizationServer = await createAuthorizationServer(policy, { environment, state: 'memory' })
  await authorizationServer.listen({ host: 'localhost', port: issuerPort })
  const server = await createServer({ environment, logger: false })
  await server.listen({ host: 'localhost', port })
  return {
    resource,
    token: (user, scopes) => logInFor(resource, user, scopes),
    async stop() {
      await server.close()
      await authorizationServer.close()
    },
  }
}

async function logInFor(resource: URL, user: string, scopes: readonly string[]): Promise<string> {
  const provider = new BrowserlessProvider({ user })
  await auth(provider, { serverUrl: resource, scope: scopes.join(' ') })
  const transport = new StreamableHTTPClientTransport(resource, { authProvider: provider })
  await transport.finishAuth(provider.callback.searchParams)
  const token = provider.tokens()?.access_token
  if (token === undefined) throw new Error(`the login of ${user} gave no token`)
  return token
}
