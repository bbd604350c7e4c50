import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { AuditSink } from '../audit/audit-event.js'
import { AuditTrail } from '../audit/audit-trail.js'
import { checkDefinition } from '../configuration/check-definition.js'
import { configure } from '../configuration/configuration.js'
import type { Environment } from '../configuration/environment.js'
import { stateKey } from '../configuration/state-key.js'
import type { ServerDefinition } from '../definition.js'
import { TokenExchange } from '../exchange/token-exchange.js'
import { mostHeaders } from '../guard/check-header-count.js'
import { allowedHosts } from '../guard/check-host.js'
import { allowedOrigins } from '../guard/check-origin.js'
import type { Guard } from '../guard/guard.js'
import { openLimits } from '../limits/limits.js'
import { StateSeal } from '../mcp/ask/state-seal.js'
import { Catalogue } from '../mcp/catalogue.js'
import { InFlight } from '../mcp/in-flight.js'
import { CompiledLane } from '../mcp/lanes/compiled-lane.js'
import { LANES, type Lane } from '../mcp/lanes/lane.js'
import { SdkEndpoint } from '../mcp/sdk-endpoint.js'
import { Sessions } from '../mcp/sessions/sessions.js'
import { ChangeFeed } from '../mcp/subscriptions/change-feed.js'
import { shareChanges } from '../mcp/subscriptions/share-changes.js'
import { serveMetadata } from '../resource/metadata-routes.js'
import { openSharing } from '../shared/open-sharing.js'
import { openMetrics } from '../telemetry/metrics.js'
import { serveMetrics } from '../telemetry/serve-metrics.js'
import { Readiness } from '../token/readiness.js'
import { selfTest } from '../token/self-test.js'
import { systemSurroundings } from '../token/surroundings.js'
import { TokenVerifier } from '../token/token-verifier.js'
import { answerError } from './answer-error.js'
import { checkAllowList } from './check-allow-list.js'
import { serveMcp } from './mcp-route.js'
import { warnOfCompatibility } from './warn-of-compatibility.js'

/** What somebody's own Fastify app may say about the MCP endpoint in it. */
export interface PluginOptions {
  /** Where settings are read from; `process.env` by default. */
  readonly environment?: Environment
  /** Host names that requests may be for, besides the resource's own: what a proxy puts into `Host`. */
  readonly allowedHosts?: readonly string[]
  /** Origins whose pages may use this server from a browser, such as `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[]
  /**
   * Gets every audit record, besides the log. It is called after the decision, with one record at a time; what it
   * throws, or is too slow to take, is counted as lost and reported, and changes nothing for a client.
   */
  readonly audit?: AuditSink
}

/** Milliseconds that a shutdown waits for running tools before it aborts their signal. */
const PATIENCE = 8_000

/**
 * The MCP endpoint as a Fastify plugin: the resource's own path, and its
 * metadata under `/.well-known/oauth-protected-resource`. Everything of it stays
 * in its own scope; other routes of the app are neither guarded nor changed.
 *
 * Registering fails with a `ConfigurationError` if a setting is missing.
 */
export function mcpPlugin(definition: ServerDefinition): FastifyPluginAsync<PluginOptions> {
  return watchedPlugin(definition, () => {})
}

/** The same, for whoever wants to know whether it could verify a token, and with the lanes that it uses. */
export function watchedPlugin(
  definition: ServerDefinition,
  watch: (readiness: Readiness) => void,
  lanes: readonly Lane[] = LANES,
): FastifyPluginAsync<PluginOptions> {
  return async (instance, options) => {
    refusePrefix(instance)
    checkDefinition(definition)
    const environment = options.environment ?? process.env
    const configuration = configure(definition.policy, environment)
    const catalogue = new Catalogue(definition)
    const { metrics: metricsSettings } = configuration.operations
    const { state: shared, sealed } = await openSharing(instance, configuration)
    const verifier = new TokenVerifier(configuration, systemSurroundings, sealed)
    const seal = new StateSeal(stateKey(configuration.operations))
    const feed = new ChangeFeed(instance.log, { severalIssuers: configuration.issuers.length > 1 })
    if (sealed !== undefined) await shareChanges(feed, sealed)
    const sessions = catalogue.needsSessions ? new Sessions(feed, instance.log) : undefined
    const limits = await openLimits(configuration, shared)
    instance.addHook('onClose', () => limits.close())
    const metrics = metricsSettings === undefined ? undefined : await openMetrics(shared)
    if (metrics !== undefined && metricsSettings !== undefined) await serveMetrics(instance, metrics, metricsSettings)
    const trail = new AuditTrail(instance.log, {
      sink: options.audit,
      ...(metrics === undefined ? {} : { listeners: [metrics.decided], lostOne: metrics.auditLost }),
    })
    instance.addHook('onClose', () => trail.close())
    const guard: Guard = Object.freeze({
      configuration,
      sessions,
      verifier,
      tokenExchange: TokenExchange.of(configuration, systemSurroundings, metrics?.exchanged),
      catalogue,
      mostHeaders: mostHeaders(instance.server.maxHeadersCount),
      limits,
      allowedHosts: allowedHosts(configuration.resource, checkAllowList('allowedHosts', options.allowedHosts)),
      allowedOrigins: allowedOrigins(configuration.resource, checkAllowList('allowedOrigins', options.allowedOrigins)),
      publicKinds: catalogue.publicKinds,
    })
    const endpoint = new SdkEndpoint({ identity: configuration.server, catalogue, feed, sessions, log: instance.log })
    const compiled = lanes.includes('compiled') ? new CompiledLane(configuration.server, catalogue) : undefined
    const inFlight = new InFlight()
    const boot = Object.freeze({ changes: feed.changes })
    const services: unknown = (await definition.services?.open(boot)) ?? Object.freeze({})
    // Before anything else can fail: what is open gets closed.
    instance.addHook('onClose', async () => {
      await endpoint.close()
      await definition.services?.close?.(services)
    })
    instance.setErrorHandler(answerError)
    warnOfCompatibility(configuration, instance.log)
    testIssuersOnListen(instance, verifier)
    watch(new Readiness(verifier.sources, systemSurroundings))
    serveMetadata(instance, configuration)
    serveMcp(instance, { guard, endpoint, compiled, inFlight, services, seal, changes: feed.changes, trail, metrics })
    instance.addHook('preClose', async () => {
      const drained = inFlight.drained(PATIENCE)
      await endpoint.endStreams()
      await drained
    })
  }
}

/** When the server listens, and not before: it starts whether or not an issuer is there. */
function testIssuersOnListen(instance: FastifyInstance, { sources }: TokenVerifier): void {
  const ending = new AbortController()
  instance.addHook('onListen', async () => {
    // Nobody waits for it, and what it finds it writes down.
    void selfTest(sources, instance.log, systemSurroundings, ending.signal)
  })
  instance.addHook('preClose', async () => ending.abort())
}

function refusePrefix({ prefix }: FastifyInstance): void {
  if (prefix === '') return
  throw new Error(
    `The MCP plugin is registered under the prefix ${prefix}. Its address is the resource (MCP_RESOURCE), which clients ` +
      'compare with their tokens: register it without a prefix, and put the path into the resource.',
  )
}
