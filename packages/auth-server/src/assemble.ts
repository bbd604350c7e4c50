import type { IncomingMessage } from 'node:http'
import middie from '@fastify/middie'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify'
import type { Configuration } from './configuration/configuration.js'
import type { AuthorizationServerDefinition } from './definition.js'
import { interactionRoutes } from './interaction/interaction-routes.js'
import { logEvents } from './log/log-events.js'
import { errorPage } from './pages/error-page.js'
import { homePage } from './pages/home-page.js'
import type { Site } from './pages/layout.js'
import { pageHeaders } from './pages/page-headers.js'
import type { Provider } from './provider/oidc-provider.js'
import { createProvider } from './provider/provider.js'
import { adjustResponses, errorRenderer } from './provider/responses.js'
import { answerClientError } from './request/answer-client-error.js'
import { explainHost, isOwnHost } from './request/host.js'
import { providerGate } from './request/provider-gate.js'
import { type Database, openDatabase } from './state/database.js'
import { ignoreInGit } from './state/ignore-in-git.js'
import { loadKeys, loadSecret } from './state/keys.js'
import { RecordStore } from './state/record-store.js'

/** How often records that have expired are removed, in milliseconds. */
const SWEEP = 60 * 60 * 1000

/** How long a request may take to arrive, in milliseconds; Fastify would wait for ever. */
const REQUEST_TIMEOUT = 30 * 1000

export interface AssemblyOptions {
  readonly logger: FastifyServerOptions['logger']
  readonly users: readonly string[]
}

/** Puts the server together from what was decided; `fetch` is how documents of strangers are fetched. */
export async function assemble(
  definition: AuthorizationServerDefinition,
  configuration: Configuration,
  options: AssemblyOptions,
  fetch: typeof globalThis.fetch,
): Promise<FastifyInstance> {
  const { state } = configuration
  const database = await openDatabase(state)
  try {
    if (state) await ignoreInGit(state.directory, configuration.introspectionSecretFile)
    const secretFile = state && configuration.introspectionSecretFile
    const store = await RecordStore.open(database)
    const site = siteOf(definition, configuration)
    const provider = createProvider({
      definition,
      configuration,
      keys: await loadKeys(state?.directory),
      introspectionSecret: configuration.introspectionSecret ?? (await loadSecret(secretFile)),
      store,
      fetch,
      renderError: errorRenderer(site),
    })
    const app = await mount(definition, configuration, options, provider, site)
    closeWith(app, database, store)
    return app
  } catch (error) {
    await database.close()
    throw error
  }
}

async function mount(
  definition: AuthorizationServerDefinition,
  { issuer, resource }: Configuration,
  options: AssemblyOptions,
  provider: Provider,
  site: Site,
): Promise<FastifyInstance> {
  const url = new URL(issuer)
  const base = url.pathname.replace(/\/$/, '')
  // Fastify's own request lines would carry query strings, and those hold states and codes.
  const app = Fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { ignoreTrailingSlash: true },
    requestTimeout: REQUEST_TIMEOUT,
    clientErrorHandler: answerClientError,
    // An address that cannot be read leads nowhere; Fastify's own answer would repeat it.
    frameworkErrors: (_error, request, reply) => sendNotFound(site, request, reply),
  })
  app.addHook('onRequest', async (request, reply) => {
    if (!isOwnHost(request.headers.host, url)) return sendWrongHost(site, url, request, reply)
  })
  await app.register(middie)
  const registrationScopes = new WeakMap<IncomingMessage, string>()
  // Before `callback`, which takes the provider's middleware as it is then.
  adjustResponses(provider, site, definition, (ctx) => registrationScopes.get(ctx.req))
  const rules = { resource, scopes: definition.scopes }
  app.use(providerGate({ rules, base, log: app.log, provider: provider.callback(), registrationScopes }))
  logEvents(provider, app.log)
  await app.register(interactionRoutes, { provider, definition, site, base, users: options.users })
  const paths = { metadata: `${base}/.well-known/oauth-authorization-server`, keys: `${base}/jwks` }
  for (const path of new Set(['/', `${base}/`])) {
    app.get(path, async (_request, reply) => reply.headers(pageHeaders()).send(homePage(site, paths)))
  }
  app.setNotFoundHandler((request, reply) => sendNotFound(site, request, reply))
  return app
}

function closeWith(app: FastifyInstance, database: Database, store: RecordStore): void {
  const sweep = setInterval(() => {
    store.removeExpired().catch((error: unknown) => app.log.warn({ err: error }, 'Expired records were not removed'))
  }, SWEEP)
  sweep.unref()
  app.addHook('onClose', async () => {
    clearInterval(sweep)
    await database.close()
  })
}

function siteOf({ server }: AuthorizationServerDefinition, { issuer, resource }: Configuration): Site {
  return { name: server.title ?? server.name, issuer, resource }
}

/** RFC 9110 section 15.5.20: this server is not the one that the request names. */
function sendWrongHost(site: Site, issuer: URL, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const explanation = explainHost(request.headers.host, issuer)
  if (!wantsPage(request)) {
    return reply.code(421).send({ error: 'misdirected_request', error_description: explanation })
  }
  const page = errorPage({ site, title: 'This server has another address', explanation: [explanation] })
  return reply.code(421).headers(pageHeaders()).send(page)
}

function sendNotFound(site: Site, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!wantsPage(request)) {
    return reply
      .code(404)
      .send({ error: 'not_found', error_description: `there is nothing at this address; see ${site.issuer}` })
  }
  const page = errorPage({
    site,
    title: 'There is nothing here',
    explanation: [`The authorization server's own page is ${site.issuer}/.`],
  })
  return reply.code(404).headers(pageHeaders()).send(page)
}

function wantsPage(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').includes('text/html')
}
