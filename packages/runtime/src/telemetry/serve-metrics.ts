import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { ConfigurationError } from '../configuration/configuration-error.js'
import type { MetricsSettings } from '../configuration/operations.js'
import type { Metrics } from './metrics.js'

/** Where metrics are read. */
const METRICS_PATH = '/metrics'

/**
 * Serves the metrics where the settings say: on a port of their own, or on that
 * of the server for whoever has the token. Never there without.
 */
export async function serveMetrics(
  instance: FastifyInstance,
  metrics: Metrics,
  { host, port, token }: MetricsSettings,
): Promise<void> {
  if (port === undefined) {
    if (token !== undefined) serveWithToken(instance, metrics, token)
    return
  }
  const server = createServer((request, response) => {
    answer(request, response, metrics, token).catch((error: unknown) => {
      instance.log.error({ err: error }, 'metrics could not be read')
      response.writeHead(500).end()
    })
  })
  server.requestTimeout = 10_000
  instance.addHook('onClose', async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  await listen(server, host, port)
  const { address, port: actual } = server.address() as AddressInfo
  instance.log.info({ address, port: actual }, `metrics are at http://${host}:${actual}${METRICS_PATH}`)
}

function serveWithToken(instance: FastifyInstance, metrics: Metrics, token: string): void {
  instance.get(METRICS_PATH, { logLevel: 'warn' }, async (request, reply) => {
    if (!isAllowed(request.headers.authorization, token)) {
      return reply.code(401).header('www-authenticate', 'Bearer realm="metrics"').send({ error: 'unauthorized' })
    }
    const { type, text } = await metrics.read()
    return reply.header('content-type', type).header('cache-control', 'no-store').send(text)
  })
}

async function answer(
  { method, url = '', headers }: IncomingMessage,
  response: ServerResponse,
  metrics: Metrics,
  token: string | undefined,
): Promise<void> {
  const isRead = method === 'GET' && url.split('?', 1)[0] === METRICS_PATH
  if (!isRead) return void response.writeHead(404).end()
  if (token !== undefined && !isAllowed(headers.authorization, token)) {
    return void response.writeHead(401, { 'www-authenticate': 'Bearer realm="metrics"' }).end()
  }
  const { type, text } = await metrics.read()
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
}

/** By their hashes: comparing takes the same time whatever is sent, and whatever its length. */
function isAllowed(authorization: string | undefined, token: string): boolean {
  const [, sent = ''] = /^Bearer ([^ ]+)$/i.exec(authorization ?? '') ?? []
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(sent), hash(token))
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void =>
      reject(
        new ConfigurationError([
          `METRICS_PORT: ${port} on ${host} cannot be listened on (${error.code}).\nChoose another port, or another METRICS_HOST.`,
        ]),
      )
    server.once('error', fail)
    server.listen(port, host, () => {
      server.off('error', fail)
      resolve()
    })
  })
}
