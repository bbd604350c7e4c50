import type { IncomingHttpHeaders } from 'node:http'

/** Headers that the protocol needs. The rest stays outside: above all `Authorization` and `Cookie`. */
const PROTOCOL_HEADERS = [
  'accept',
  'content-type',
  'mcp-protocol-version',
  'mcp-method',
  'mcp-name',
  'mcp-session-id',
  'last-event-id',
]

/** The request as the SDK gets it: with the headers of the protocol, without a body, which is parsed already. */
export function webRequest(
  resource: string,
  headers: IncomingHttpHeaders,
  signal: AbortSignal,
  method = 'POST',
): Request {
  const kept = new Headers()
  for (const name of PROTOCOL_HEADERS) {
    const value = headers[name]
    if (typeof value === 'string') kept.set(name, value)
  }
  return new Request(resource, { method, headers: kept, signal })
}
