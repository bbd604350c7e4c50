// What the suite cannot ask: that none of what it does is answered without a token.
const REQUESTS = [
  ['GET'],
  ['DELETE'],
  ['POST', 'initialize'],
  ['POST', 'ping'],
  ['POST', 'server/discover'],
  ['POST', 'tools/list'],
  ['POST', 'tools/call', { name: 'test_simple_text' }],
  ['POST', 'resources/list'],
  ['POST', 'resources/read', { uri: 'test://static-text' }],
  ['POST', 'resources/subscribe', { uri: 'test://watched-resource' }],
  ['POST', 'prompts/list'],
  ['POST', 'prompts/get', { name: 'test_simple_prompt' }],
  ['POST', 'completion/complete', { ref: { type: 'ref/prompt', name: 'test_simple_prompt' } }],
  ['POST', 'logging/setLevel', { level: 'info' }],
  ['POST', 'subscriptions/listen', { notifications: {} }],
]

/** Asks for everything in both eras without a token. Returns how many were refused, and which were not. */
export async function askWithoutToken(url) {
  const asked = REQUESTS.flatMap((request) => [askLegacy(url, ...request), askModern(url, ...request)])
  const answers = await Promise.all(asked)
  return {
    passed: answers.filter(({ refused }) => refused).length,
    failed: answers.filter(({ refused }) => !refused).map(({ what }) => what),
  }
}

function askLegacy(url, verb, method, params) {
  return ask(url, verb, method, params, { 'mcp-protocol-version': '2025-11-25' })
}

function askModern(url, verb, method, params = {}) {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  const name = params.name ?? params.uri
  return ask(
    url,
    verb,
    method,
    { ...params, _meta: meta },
    {
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': method ?? '',
      ...(name === undefined ? {} : { 'mcp-name': name }),
    },
  )
}

async function ask(url, verb, method, params, headers) {
  const body = method === undefined ? undefined : JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(url, {
    method: verb,
    headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  await response.body?.cancel()
  const challenge = response.headers.get('www-authenticate') ?? ''
  const refused = response.status === 401 && challenge.startsWith('Bearer resource_metadata="')
  return { refused, what: `${verb} ${method ?? ''} ${headers['mcp-protocol-version']}: ${response.status}` }
}
