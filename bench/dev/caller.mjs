import { BrowserlessProvider } from '@mcp-secure/testing'
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'

/** The official client, logged in once if the server asks for it. */
export async function connect(url) {
  const provider = new BrowserlessProvider({ user: 'ada', clientName: 'Benchmark' })
  const attempt = async () => {
    const transport = new StreamableHTTPClientTransport(url, { authProvider: provider })
    const client = new Client({ name: 'bench', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
    return [client, transport, await client.connect(transport).catch((error) => error)]
  }
  let [client, transport, failure] = await attempt()
  if (failure instanceof UnauthorizedError) {
    await transport.finishAuth(provider.callback.searchParams)
    ;[client, , failure] = await attempt()
  }
  if (failure) throw failure
  return {
    /** How often somebody had to log in. */
    logins: () => provider.authorizationUrls.length,
    async call(name) {
      const { structuredContent } = await client.callTool({ name, arguments: { query: 'x' } })
      return structuredContent?.text
    },
    close: () => client.close(),
  }
}
