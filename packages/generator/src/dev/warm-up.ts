/**
 * The text of the module that a process of the MCP server loads while it waits.
 * It stands in the project's folder, so that it gets the project's packages.
 * What a program does for the first time it does slowly: a server with one tool
 * is made and asked once, without a socket, so that the project's own server
 * starts and answers fast. What is missing is said by who needs it.
 */
export const WARM_UP = `for (const name of ['zod', '@mcp-secure/spec']) await import(name).catch(() => undefined)
const { serverFactory } = await import('@mcp-secure/runtime')

const object = { schema: { type: 'object' }, wrapped: null }
const createServer = serverFactory({
  policy: {
    server: { name: 'warm-up', version: '1.0.0' },
    resource: 'http://localhost:3000/mcp',
    issuers: [{ issuer: 'http://localhost:4000', tokens: { form: 'jwt', typ: 'at+jwt' } }],
    scopes: {},
    tools: { warm_up: { access: 'public' } },
  },
  schemas: { warm_up: { description: 'Warms up', input: object, output: null } },
  tools: { warm_up: { run: () => '' } },
})
const server = await createServer({ logger: { level: 'silent' }, environment: { NODE_ENV: 'development' } })
const protocolVersion = '2026-07-28'
const _meta = {
  'io.modelcontextprotocol/protocolVersion': protocolVersion,
  'io.modelcontextprotocol/clientInfo': { name: 'warm-up', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
}
export const answers = []
for (const [method, params] of [['tools/list', {}], ['tools/call', { name: 'warm_up', arguments: {} }]]) {
  const answer = await server.inject({
    method: 'POST',
    url: '/mcp',
    headers: {
      host: 'localhost:3000',
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': protocolVersion,
      'mcp-method': method,
      ...(params.name ? { 'mcp-name': params.name } : {}),
    },
    payload: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } },
  })
  answers.push(answer.statusCode)
}
await server.close()
`
