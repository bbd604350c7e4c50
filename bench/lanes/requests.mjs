// What is asked, as bytes: the same for every server.
const MODERN = '2026-07-28'
const ENVELOPE = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
}

/** What is in every list: its first page begins with it. */
const FIRST = '"name":"echo_0000"'

/** The last tool, so that whoever looks for it from the start has to look at all. */
export function requestsFor(tools, token) {
  const name = `echo_${String(tools - 1).padStart(4, '0')}`
  const call = { name, arguments: { message: 'hello world', count: 3 } }
  return [
    { what: 'tools/call', era: MODERN, bytes: modern(token, 'tools/call', call), has: '"text":"hello world"' },
    { what: 'tools/list', era: MODERN, bytes: modern(token, 'tools/list', {}), has: FIRST },
    { what: 'tools/call', era: '2025-11-25', bytes: legacy(token, 'tools/call', call), has: '"text":"hello world"' },
    { what: 'tools/list', era: '2025-11-25', bytes: legacy(token, 'tools/list', {}), has: FIRST },
  ]
}

function modern(token, method, params) {
  const name = params.name === undefined ? {} : { 'mcp-name': params.name }
  const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': method, ...name }
  return http(token, headers, { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: ENVELOPE } })
}

function legacy(token, method, params) {
  return http(token, { 'mcp-protocol-version': '2025-11-25' }, { jsonrpc: '2.0', id: 1, method, params })
}

function http(token, headers, message) {
  const body = JSON.stringify(message)
  const lines = Object.entries({
    host: 'bench.example.com',
    authorization: `Bearer ${token}`,
    accept: 'application/json, text/event-stream',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`POST /mcp HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}
