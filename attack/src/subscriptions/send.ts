import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { CLAIM, LEGACY, MODERN } from '../http/request.js'
import { BOARDS_HOST } from '../world/world.js'

/** What is sent to the server, but for who sends it. */
export interface Sent {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A connection for each of as many requests at once. */
export function connections(most: number): Agent {
  return new Agent({ keepAlive: true, maxSockets: most })
}

/** The head of an answer, whose body may go on for long. */
export function begin(port: number, agent: Agent | undefined, token: string, sent: Sent): Promise<IncomingMessage> {
  const body = sent.body === undefined ? undefined : JSON.stringify(sent.body)
  const headers = {
    host: BOARDS_HOST,
    authorization: `Bearer ${token}`,
    accept: 'application/json, text/event-stream',
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...sent.headers,
  }
  const { method = 'POST' } = sent
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/mcp', method, headers, agent: agent ?? false }
    httpRequest(options, resolve).on('error', reject).end(body)
  })
}

/** The whole of an answer. */
export async function ask(
  port: number,
  agent: Agent | undefined,
  token: string,
  sent: Sent,
): Promise<{ readonly status: number; readonly headers: IncomingMessage['headers']; readonly text: string }> {
  const response = await begin(port, agent, token, sent)
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}

type Params = Readonly<Record<string, unknown>>

export function modernOf(method: string, params: Params, id: unknown = 1): Sent {
  const name = params.name ?? params.uri
  return {
    headers: {
      'mcp-protocol-version': MODERN,
      'mcp-method': method,
      ...(typeof name === 'string' ? { 'mcp-name': name } : {}),
    },
    body: { jsonrpc: '2.0', id, method, params: { ...params, _meta: CLAIM } },
  }
}

export function legacyOf(method: string, params: Params, session?: string, id: unknown = 1): Sent {
  return {
    headers: { 'mcp-protocol-version': LEGACY, ...(session === undefined ? {} : { 'mcp-session-id': session }) },
    body: { jsonrpc: '2.0', id, method, params },
  }
}
