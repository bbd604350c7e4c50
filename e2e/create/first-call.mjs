// What a user's client does: log in, and call a tool. With the packages that the project itself has installed.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

async function packagesOf(project) {
  const { resolve } = createRequire(join(project, 'package.json'))
  const load = (name) => import(pathToFileURL(resolve(name)))
  return { ...(await load('@modelcontextprotocol/client')), ...(await load('@mcp-secure/testing')) }
}

/** Each starter's first call, and what must come of it. */
const CALLS = {
  minimal: { name: 'greet', arguments: { name: 'Grace' }, answer: 'Hello Grace, ada says hi.' },
  notes: { name: 'list_notes', arguments: {}, answer: '"notes":[]' },
  api: { name: 'search_books', arguments: { words: 'brooks' }, answer: 'The Mythical Man-Month' },
}

/** Connects the official client as a user who has to log in, and calls a tool with the token from that. */
export async function logInAndCall(project, template, resource) {
  const { BrowserlessProvider, Client, StreamableHTTPClientTransport, UnauthorizedError } = await packagesOf(project)
  const authProvider = new BrowserlessProvider({ user: 'ada' })
  const isLogin = (error) => error instanceof UnauthorizedError
  let refusals = 0
  for (;;) {
    const transport = new StreamableHTTPClientTransport(new URL(resource), { authProvider })
    const client = new Client({ name: 'e2e', version: '1' }, { versionNegotiation: { mode: 'auto' } })
    try {
      await client.connect(transport)
      check(await client.callTool(CALLS[template]), template)
      // A call without a login would show nothing.
      if (refusals === 0 || authProvider.tokens() === undefined) throw new Error('nobody was asked to log in')
      await client.close()
      return
    } catch (error) {
      if (!isLogin(error) || refusals > 0) throw error
      refusals += 1
      await transport.finishAuth(authProvider.callback.searchParams)
    }
  }
}

/** The same for a server whose tokens come from elsewhere: one of an issuer for tests, and one that is refused. */
export async function callWithToken(project, template, resource, issuer) {
  const { Client, StreamableHTTPClientTransport, tampered } = await packagesOf(project)
  const token = await issuer.issue({ scopes: ['notes:read', 'greet:person', 'books:read'] })
  const call = async (bearer) => {
    const client = new Client({ name: 'e2e', version: '1' }, { versionNegotiation: { mode: 'auto' } })
    const authProvider = { token: async () => bearer }
    await client.connect(new StreamableHTTPClientTransport(new URL(resource), { authProvider }))
    const result = await client.callTool(CALLS[template])
    await client.close()
    return result
  }
  check(await call(token), template)
  const refused = await call(tampered(token)).then(
    () => false,
    () => true,
  )
  if (!refused) throw new Error('a token with another signature was let in')
}

/** An issuer for tests, from the project's own packages. */
export async function startIssuer(project, resource) {
  const { createTestIssuer } = await packagesOf(project)
  return createTestIssuer({ audience: resource })
}

function check(result, template) {
  const told = JSON.stringify(result.structuredContent ?? result.content)
  if (result.isError || !told.includes(CALLS[template].answer)) throw new Error(`the call was answered: ${told}`)
}
