import { legacy, modern, type RawRequest } from '../http/request.js'

/** What attackers are after: a call that changes something. */
export function callWrite(changed: Readonly<Record<string, unknown>> = {}): RawRequest {
  return modern('tools/call', { name: 'write_item', arguments: { id: 'one', text: 'attacked', ...changed } })
}

export function callWriteLegacy(changed: Readonly<Record<string, unknown>> = {}): RawRequest {
  return legacy('tools/call', { name: 'write_item', arguments: { id: 'one', text: 'attacked', ...changed } })
}

/** A call that makes a handler ask for a token for another service; for what, a client may say here. */
export function callForward(asked?: unknown): RawRequest {
  const said = asked === undefined ? {} : { asked: JSON.stringify(asked) }
  return modern('tools/call', { name: 'forward_item', arguments: { id: 'one', ...said } })
}

/** Any JSON text as the body of a request of revision 2025-11-25, or of another. */
export function posted(body: string | Buffer, headers: RawRequest['headers'] = {}): RawRequest {
  return { body, headers: { 'mcp-protocol-version': '2025-11-25', ...headers } }
}
