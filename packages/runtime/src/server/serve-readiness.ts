import type { FastifyInstance } from 'fastify'
import { RETRY_AFTER } from '../guard/refusal-to-wire.js'
import { sharingNotice } from '../shared/sharing-notice.js'
import type { Readiness } from '../token/readiness.js'

/**
 * Serves `/readyz`: 200 while this server can verify tokens, 503 while it can
 * verify those of no issuer. Unlike `/healthz` it is no reason to restart
 * anything. It says neither which issuer is meant nor why: that is in the log.
 */
export function serveReadiness(app: FastifyInstance): (readiness: Readiness) => void {
  let readiness: Readiness | undefined
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    if (await readiness?.isReady()) return { status: 'ready', ...sharingNotice(app) }
    return reply.code(503).header('retry-after', RETRY_AFTER).send({ status: 'unavailable' })
  })
  return (known) => {
    readiness = known
  }
}
