import type { Socket } from 'node:net'
import type { ConnectionError, FastifyInstance } from 'fastify'

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/**
 * Answers what Node could not read as a request. Fastify would log the error
 * with its `rawPacket`: the bytes that came, and with them the credentials.
 */
export function answerClientError(this: FastifyInstance, error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  this.log.info({ code: error.code }, 'the connection sent no request')
  const body = '{"error":"invalid_request"}'
  const head = [
    `HTTP/1.1 ${STATUS[error.code] ?? '400 Bad Request'}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroy(error)
}
