import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

/** The official client, connected with a token or without one. Close it. */
export async function connect(resource: URL, token?: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  const authProvider = token === undefined ? {} : { authProvider: { token: async () => token } }
  await client.connect(new StreamableHTTPClientTransport(resource, authProvider))
  return client
}

/** One call as it goes over the wire, to see what a client is answered that may not make it. */
export async function post(resource: URL, tool: string, input: object, token?: string): Promise<Response> {
  return fetch(resource, {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool, arguments: input } }),
  })
}

/** What a challenge asks for: the scopes, or nothing. RFC 6750 section 3. */
export function challengedScopes(response: Response): string[] {
  const challenge = response.headers.get('www-authenticate') ?? ''
  return /scope="([^"]*)"/.exec(challenge)?.[1]?.split(' ') ?? []
}
