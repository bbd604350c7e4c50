import type { ExpectedItem } from '../expected-access.js'

/** One way to ask for an item. */
export interface Ask {
  /** As in "asked …". */
  readonly name: string
  request(item: ExpectedItem): AskRequest
  /** The status when it is let through, or each that it may be then. */
  readonly status: number | readonly number[]
  /** What runs when it is let through: the handler of the item, what suggests values, or nothing. */
  readonly runs: 'handler' | 'completer' | 'nothing'
  /** That nobody may ask it without a token, whatever it is about. */
  readonly needsCaller?: true
}

export interface AskRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

export const MODERN = '2026-07-28'
export const LEGACY = '2025-11-25'

/** A well-formed message of revision 2026-07-28, which repeats in headers what it asks for. */
export function modern(method: string, params: Readonly<Record<string, unknown>> = {}): AskRequest {
  const { name, uri } = params
  const asked = typeof name === 'string' ? name : typeof uri === 'string' ? uri : undefined
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  return {
    method: 'POST',
    headers: {
      'mcp-protocol-version': MODERN,
      'mcp-method': method,
      ...(asked === undefined ? {} : { 'mcp-name': asked }),
    },
    body: { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } },
  }
}

/** A message of revision 2025-11-25. */
export function legacy(method: string, params: Readonly<Record<string, unknown>> = {}): AskRequest {
  return {
    method: 'POST',
    headers: { 'mcp-protocol-version': LEGACY },
    body: { jsonrpc: '2.0', id: 1, method, params },
  }
}

/** What asks for an item: the method, and the parameters that name it. */
export function naming(item: ExpectedItem): readonly [string, Readonly<Record<string, unknown>>] {
  switch (item.kind) {
    case 'tool':
      return ['tools/call', { name: item.name, arguments: {} }]
    case 'resource':
      return ['resources/read', { uri: uriOf(item.uri) }]
    case 'prompt':
      return ['prompts/get', { name: item.name, arguments: {} }]
  }
}

/** One URI of a template: no other resource answers for it, or the server would not start. */
function uriOf(template: string): string {
  return template.replace(/\{\+?[^}]*\}/g, 'access-matrix')
}
