import { randomUUID } from 'node:crypto'
import { type FastifyInstance, type FastifyServerOptions, fastify, LogController } from 'fastify'
import { checkDefinition } from '../configuration/check-definition.js'
import { configure } from '../configuration/configuration.js'
import type { ServerDefinition } from '../definition.js'
import { LARGEST_BODY } from '../guard/read-json.js'
import { LANES, type Lane } from '../mcp/lanes/lane.js'
import { answerClientError } from './answer-client-error.js'
import { answerError } from './answer-error.js'
import { checkTrustProxy } from './check-trust-proxy.js'
import { loggerOptions } from './logging.js'
import { type PluginOptions, watchedPlugin } from './mcp-plugin.js'
import { pathForLog } from './path-for-log.js'
import { serveReadiness } from './serve-readiness.js'
import { watchUnusedConnections } from './unused-connections.js'
import { rememberResource } from './where-to-listen.js'

/** What a generated server may be started with. Nothing in here loosens the guard. */
export interface ServerOptions extends PluginOptions {
  /** Fastify's logger options. Tokens, cookies and query strings are left out whatever they say. */
  readonly logger?: FastifyServerOptions['logger']
  /**
   * The proxies whose `X-Forwarded-For` is believed, for limits by address and for the log, by their
   * addresses. Nobody's by default; the variable `TRUST_PROXY` says the same.
   */
  readonly trustProxy?: FastifyServerOptions['trustProxy']
}

/** Milliseconds in which a whole request must have arrived. */
const REQUEST_TIMEOUT = 30_000
/** Milliseconds in which the headers must have arrived: until then nobody knows who it is. */
const HEADERS_TIMEOUT = 10_000
/** Milliseconds between two looks for connections that take longer. */
const CHECKING_INTERVAL = 2_000
/** Milliseconds after which a connection on which nothing moves is closed. */
const CONNECTION_TIMEOUT = 10 * 60_000

/**
 * Makes the function that makes the ready server: the MCP endpoint behind the
 * guard, its metadata, `/healthz` and `/readyz`. It does not listen yet.
 *
 * The function rejects with a `ConfigurationError` if a setting is missing or
 * the generated files do not fit together.
 */
export function serverFactory(definition: ServerDefinition): (options?: ServerOptions) => Promise<FastifyInstance> {
  return serverFactoryOn(LANES, definition)
}

/**
 * The same with the lanes named, for the tests that hold one against the other.
 * The package does not export it: which lane answers is nobody's choice.
 */
export function serverFactoryOn(
  lanes: readonly Lane[],
  definition: ServerDefinition,
): (options?: ServerOptions) => Promise<FastifyInstance> {
  return async ({ logger, trustProxy, ...plugin } = {}) => {
    checkDefinition(definition)
    // First of all, so that one start says everything that is wrong.
    const { resource } = configure(definition.policy, plugin.environment ?? process.env)
    const app = fastify({
      logger: loggerOptions(logger ?? true),
      trustProxy: checkTrustProxy(trustProxy, plugin.environment ?? process.env),
      // One line of our own a request instead of two, without the query string.
      logController: new LogController({ disableRequestLogging: true }),
      genReqId: () => randomUUID(),
      requestTimeout: REQUEST_TIMEOUT,
      http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: CHECKING_INTERVAL },
      connectionTimeout: CONNECTION_TIMEOUT,
      bodyLimit: LARGEST_BODY,
      clientErrorHandler: answerClientError,
      // Errors from before a route is found: Fastify's own answer repeats the URL, query string and all.
      frameworkErrors: answerError,
    })
    app.setErrorHandler(answerError)
    app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not_found' }))
    app.get('/healthz', { logLevel: 'warn' }, () => ({ status: 'ok' }))
    app.addHook('onResponse', async (request, reply) => {
      const took = Math.round(reply.elapsedTime)
      const { method } = request
      const path = pathForLog(request)
      const status = reply.statusCode
      request.log.info({ method, path, status, took }, `${method} ${path} ${status} ${took}ms`)
    })
    app.register(watchedPlugin(definition, serveReadiness(app), lanes), plugin)
    const closeUnused = watchUnusedConnections(app.server)
    app.addHook('preClose', async () => closeUnused())
    await app.ready()
    rememberResource(app, resource)
    return app
  }
}
