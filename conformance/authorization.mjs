// The suite's questions to an authorization server, put to the embedded one. For the second it wants a person with a
// browser: the login is done without one.
import { join } from 'node:path'
import { freePort } from '../scripts/free-port.mjs'
import { runSuite } from './suite.mjs'

/** What the embedded server is an authorization server for. */
const POLICY = {
  server: { name: 'conformance', version: '1.0.0' },
  resource: { env: 'MCP_RESOURCE' },
  issuers: [
    {
      issuer: { env: 'MCP_AUTH_ISSUER' },
      tokens: {
        form: 'opaque',
        introspection: { clientId: 'mcp-resource-server', clientSecret: { env: 'MCP_INTROSPECTION_SECRET' } },
      },
    },
  ],
  scopes: { 'fixture:use': { description: 'Use what the conformance suite asks for', baseline: true, implies: [] } },
  tools: {},
}

/** Runs the suite's `authorization` command. */
export async function runAuthorization(results) {
  const { createAuthorizationServer } = await import('@mcp-secure/auth-server')
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const resource = `http://localhost:${await freePort()}/mcp`
  const environment = {
    NODE_ENV: 'test',
    MCP_RESOURCE: resource,
    MCP_AUTH_ISSUER: issuer,
    MCP_INTROSPECTION_SECRET: 'known-to-both-for-this-run-only',
  }
  const server = await createAuthorizationServer(POLICY, { environment, state: 'memory' })
  await server.listen({ host: 'localhost', port })
  const started = performance.now()
  try {
    const callback = await freePort()
    const client = await register(issuer, callback)
    const args = ['authorization', '--url', issuer, '--client-id', client, '--resource', resource, '--port', callback]
    const visited = { login: undefined }
    const run = await runSuite(args.map(String), join(results, 'authorization'), (printed, child) => {
      visited.login ??= whereToLogIn(printed, issuer, (problem) => {
        console.error(problem)
        child.kill()
      })
    })
    return { ...run, name: 'authorization', goal: 3, seconds: (performance.now() - started) / 1_000 }
  } finally {
    await server.close()
  }
}

/** Logs in where the suite says that a browser should go; nothing as long as it did not say. */
function whereToLogIn(printed, issuer, failed) {
  const line = printed.split('\n').find((one) => one.startsWith(`${issuer}/`) && one.includes('code_challenge='))
  if (line === undefined || !printed.includes('Waiting up to')) return undefined
  return logInThere(line.trim()).catch((error) => failed(error.message))
}

async function logInThere(authorizationUrl) {
  const { logIn } = await import('@mcp-secure/testing')
  const callback = await logIn({ authorizationUrl, user: 'ada' })
  await (await fetch(callback)).body?.cancel()
}

/** Registers a public client, as MCP clients do (RFC 7591). */
async function register(issuer, callback) {
  const metadata = await (await fetch(`${issuer}/.well-known/oauth-authorization-server`)).json()
  const response = await fetch(metadata.registration_endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'The conformance suite',
      redirect_uris: [`http://127.0.0.1:${callback}/callback`],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    }),
  })
  const registered = await response.json()
  if (response.status !== 201) throw new Error(`The registration was refused: ${JSON.stringify(registered)}`)
  return registered.client_id
}
