import { type Agent, request as httpRequest } from 'node:http'
import { bytesOf, type RawRequest } from './request.js'

/** Sends a request by an agent that keeps connections, and gives the whole answer. */
export function send(
  agent: Agent,
  port: number,
  request: RawRequest,
): Promise<{ readonly status: number; readonly text: string }> {
  const { head, body } = parts(request)
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { agent, host: '127.0.0.1', port, method: 'POST', path: '/mcp', headers: head },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        response.on('error', reject).on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      },
    )
    outgoing.on('error', reject).end(body)
  })
}

/** The headers and the body of a request, for a client that keeps connections. */
function parts(request: RawRequest): { readonly head: Record<string, string>; readonly body: string } {
  const [start = '', body = ''] = bytesOf(request).toString('utf8').split('\r\n\r\n')
  const lines = start.split('\r\n').slice(1)
  const head = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  delete head.connection
  return { head, body }
}
