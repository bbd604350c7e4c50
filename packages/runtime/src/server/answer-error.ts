import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/**
 * What a client sees of an error that no rule foresaw: a status, and a
 * reference that its operator finds in the log. Never a message or a stack.
 */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) {
    request.log.info({ code: error.code, status }, 'the request was not understood')
    return reply.code(status).send({ error: 'invalid_request' })
  }
  request.log.error({ err: error }, 'the request failed')
  return reply.code(500).send({ error: 'server_error', reference: request.id })
}
