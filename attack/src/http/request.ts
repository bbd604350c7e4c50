export const RESOURCE = 'https://attack.example/mcp'
export const METADATA = 'https://attack.example/.well-known/oauth-protected-resource/mcp'
export const HOST = 'attack.example'
export const LEGACY = '2025-11-25'
export const MODERN = '2026-07-28'

/** What to send, down to the line. */
export interface RawRequest {
  readonly method?: string
  readonly target?: string
  readonly version?: string
  /**
   * Header lines in place of the usual ones, by name in lower case; `null` leaves one
   * out, a list repeats it. What is written as the value is sent as it is.
   */
  readonly headers?: Readonly<Record<string, string | null | readonly string[]>>
  /** Header lines as they are, sent before the others. */
  readonly lines?: readonly string[]
  readonly token?: string | undefined
  readonly body?: string | Buffer
}

/** The headers of a request by name, in order: those of a good one but for what is asked otherwise. */
export function headersOf({ token, body, headers }: RawRequest): NonNullable<RawRequest['headers']> {
  const content = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body ?? '')) }
  return {
    host: HOST,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    accept: 'application/json, text/event-stream',
    ...(body === undefined ? {} : content),
    ...headers,
  }
}

/** The bytes of a request: a good one but for what is asked otherwise. */
export function bytesOf(request: RawRequest): Buffer {
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body
  const headers = { ...headersOf(request), connection: request.headers?.connection ?? 'close' }
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    value === null ? [] : [value].flat().map((one) => `${name}: ${one}`),
  )
  const start = `${request.method ?? 'POST'} ${request.target ?? '/mcp'} HTTP/${request.version ?? '1.1'}`
  const head = `${[start, ...(request.lines ?? []), ...lines].join('\r\n')}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)])
}

type Params = Readonly<Record<string, unknown>>

/** A well-formed message of revision 2025-11-25. */
export function legacy(method: string, params: Params = {}): Pick<RawRequest, 'headers' | 'body'> {
  return {
    headers: { 'mcp-protocol-version': LEGACY },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  }
}

/** A well-formed message of revision 2026-07-28, which repeats in headers what it asks for. */
export function modern(method: string, params: Params = {}): Pick<RawRequest, 'headers' | 'body'> {
  const { name, uri } = params
  const asked = typeof name === 'string' ? name : typeof uri === 'string' ? uri : undefined
  return {
    headers: {
      'mcp-protocol-version': MODERN,
      'mcp-method': method,
      ...(asked === undefined ? {} : { 'mcp-name': asked }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...params, _meta: CLAIM } }),
  }
}

/** What says that a message is of revision 2026-07-28. */
export const CLAIM: Params = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientCapabilities': {},
}
