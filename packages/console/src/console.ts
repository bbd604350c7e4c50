import Fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import { type Asset, loadAssets } from './assets.js'
import { refusalOf } from './check-request.js'
import { streamEvents } from './event-stream.js'
import type { Feed } from './feed.js'
import { callbackPage, consolePage, waitingPage } from './page/page.js'
import { everyAnswer, pageHeaders } from './page/page-headers.js'

export interface ConsoleOptions {
  /** What the page shows, as it comes in. */
  readonly feed: Feed
  /** Where `NODE_ENV` is read; `process.env` when absent. */
  readonly environment?: NodeJS.ProcessEnv
}

/**
 * The console, ready to listen on loopback: the page, what it loads, the state
 * and the events. It reads and never changes anything.
 *
 * @throws Error when `NODE_ENV` is `production`
 */
export async function createConsole({ feed, environment = process.env }: ConsoleOptions): Promise<FastifyInstance> {
  if (environment.NODE_ENV === 'production') {
    throw new Error('The console is for development and does not start with NODE_ENV=production.')
  }
  const assets = await loadAssets()
  const app = Fastify({
    logger: false,
    logController: new LogController({ disableRequestLogging: true }),
    // Event streams never end by themselves.
    forceCloseConnections: true,
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(everyAnswer)
    const refusal = refusalOf(request.headers)
    if (refusal !== undefined) return reply.code(421).type('text/plain; charset=utf-8').send(`${refusal}\n`)
  })
  app.get('/', async (_request, reply) => sendConsole(feed, reply))
  // What comes back with a code is read by the page's script and nothing here.
  app.get('/console/callback', async (_request, reply) => reply.headers(pageHeaders(undefined)).send(callbackPage))
  app.get('/console/state', async (_request, reply) => (feed.state ? reply.send(feed.state) : reply.code(503).send()))
  app.get('/console/events', { exposeHeadRoute: false }, (request, reply) => streamEvents(feed, request, reply))
  for (const [path, asset] of assets) app.get(path, async (_request, reply) => sendAsset(asset, reply))
  app.setNotFoundHandler((_request, reply) => {
    return reply.code(404).type('text/plain; charset=utf-8').send('There is nothing here. The console is at /.\n')
  })
  return app
}

function sendConsole(feed: Feed, reply: FastifyReply): FastifyReply {
  const { state } = feed
  if (!state) return reply.code(503).headers(pageHeaders(undefined)).send(waitingPage)
  return reply.headers(pageHeaders(state.issuer)).send(consolePage)
}

function sendAsset({ type, body }: Asset, reply: FastifyReply): FastifyReply {
  return reply.type(type).send(body)
}
