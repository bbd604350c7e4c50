import { type Agent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { headersOf, type RawRequest } from './request.js'

/** Sends a request, by an agent that keeps connections if there is one, and gives the head of its answer, whose body may go on for long. */
export function begin(agent: Agent | undefined, port: number, request: RawRequest): Promise<IncomingMessage> {
  const { method = 'POST', target: path = '/mcp', body } = request
  // Whether the connection stays is the agent's business.
  const { connection: _, ...others } = headersOf(request)
  const headers: OutgoingHttpHeaders = {}
  for (const [name, value] of Object.entries(others)) {
    if (value !== null) headers[name] = typeof value === 'string' ? value : [...value]
  }
  return new Promise((resolve, reject) => {
    const options = { agent: agent ?? false, host: '127.0.0.1', port, method, path, headers }
    httpRequest(options, resolve).on('error', reject).end(body)
  })
}

/** The same, and waits for the whole answer. */
export async function send(
  agent: Agent | undefined,
  port: number,
  request: RawRequest,
): Promise<{ readonly status: number; readonly headers: IncomingMessage['headers']; readonly text: string }> {
  const response = await begin(agent, port, request)
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { status: response.statusCode ?? 0, headers: response.headers, text }
}
