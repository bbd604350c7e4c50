import type { Readable, Writable } from 'node:stream'
import type { Server } from '@modelcontextprotocol/server'
import { serveStdio as serveSdk } from '@modelcontextprotocol/server/stdio'
import type { FastifyBaseLogger } from 'fastify'
import { AuditTrail } from '../audit/audit-trail.js'
import { checkDefinition } from '../configuration/check-definition.js'
import { rulesOf } from '../configuration/configuration.js'
import { ConfigurationError } from '../configuration/configuration-error.js'
import type { Environment } from '../configuration/environment.js'
import { readStateSecret } from '../configuration/operations.js'
import { stateKey } from '../configuration/state-key.js'
import type { ServerDefinition } from '../definition.js'
import type { Deciding } from '../guard/guard.js'
import { openLimits } from '../limits/limits.js'
import { StateSeal } from '../mcp/ask/state-seal.js'
import { Catalogue } from '../mcp/catalogue.js'
import { InFlight } from '../mcp/in-flight.js'
import { makeServer } from '../mcp/make-server.js'
import { serveSubscriptions } from '../mcp/sessions/serve-subscriptions.js'
import { ChangeFeed } from '../mcp/subscriptions/change-feed.js'
import { tellChange, Watches } from '../mcp/subscriptions/watches.js'
import { GuardedTransport } from './guarded-transport.js'
import { stdioIdentity } from './stdio-identity.js'

/** Where a process reads from, writes to, and finds its settings. */
export interface StdioSurroundings {
  readonly input: Readable
  /** For the protocol, and nothing else. */
  readonly output: Writable
  readonly environment: Environment
  readonly log: FastifyBaseLogger
}

/** A server that serves the one client of its process. */
export interface StdioServer {
  /** Resolves when the client is gone, or `close` was called, and everything is put away. */
  readonly ended: Promise<void>
  /** Ends it: what is being answered gets a moment. */
  close(): void
}

/** Milliseconds that a shutdown waits for running tools before it aborts their signal. */
const PATIENCE = 1_000
/** Streams of changes that one client may have open at once. */
const MOST_SUBSCRIPTIONS = 100

/**
 * Serves a definition on stdio, in both eras, by the rules that hold over HTTP. It opens no port and asks no
 * authorization server.
 *
 * @throws {ConfigurationError} naming everything that is wrong with the definition or the environment
 */
export async function serveStdio(definition: ServerDefinition, surroundings: StdioSurroundings): Promise<StdioServer> {
  const { input, output, environment, log } = surroundings
  checkDefinition(definition)
  const configuration = rulesOf(definition.policy)
  const catalogue = new Catalogue(definition)
  const { publicKinds } = catalogue
  const problems = new Set<string>()
  const identity = stdioIdentity(configuration, publicKinds, { environment, problems })
  const seal = new StateSeal(stateKey({ stateSecret: readStateSecret(environment, problems) }))
  if (problems.size > 0) throw new ConfigurationError([...problems])
  const limits = await openLimits(configuration, undefined)
  const deciding: Deciding = Object.freeze({ configuration, catalogue, limits, publicKinds })
  const trail = new AuditTrail(log, {})
  // Whoever calls here has the one issuer that stands for none.
  const feed = new ChangeFeed(log, { severalIssuers: false })
  const services: unknown =
    (await definition.services?.open(Object.freeze({ changes: feed.changes }))) ?? Object.freeze({})
  const [inFlight, watches] = [new InFlight(), new Watches()]
  const transport = new GuardedTransport({
    ...{ input, output, deciding, identity, inFlight, services, watches, seal, trail, log },
    changes: feed.changes,
  })
  let server: Server | undefined
  const unsubscribe = feed.subscribe((change) => {
    if (server === undefined) return
    tellChange(change, server, identity, watches).catch(() => log.debug('the client was not told of a change'))
  })
  const handle = serveSdk(
    ({ era }) => {
      const exchangeOf: Parameters<typeof makeServer>[2] = (context) => transport.exchangeOf(context)
      server = makeServer(configuration.server, catalogue, exchangeOf)
      const subscribes = server.getCapabilities().resources?.subscribe === true
      if (era === 'legacy' && subscribes) serveSubscriptions(server, exchangeOf, () => watches)
      return server
    },
    {
      transport,
      maxSubscriptions: MOST_SUBSCRIPTIONS,
      onerror: ({ name }) => log.debug({ reason: name }, 'the SDK reported'),
    },
  )
  const ended = transport.ended.then(async () => {
    unsubscribe()
    // Whoever was to wait for it has waited: what still runs is aborted.
    await inFlight.drained(0)
    await definition.services?.close?.(services)
    await limits.close()
    await trail.close()
  })
  return { ended, close: () => void inFlight.drained(PATIENCE).then(() => handle.close()) }
}
