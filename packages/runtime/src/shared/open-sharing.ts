import type { FastifyInstance } from 'fastify'
import type { Configuration } from '../configuration/configuration.js'
import { sharedKey } from '../configuration/state-key.js'
import { openRedisState } from './redis-state.js'
import { SealedPlaces, type SealedState } from './sealed-places.js'
import type { SharedState } from './shared-state.js'
import { rememberSharing } from './sharing-notice.js'

/** What processes of one server do together. */
export interface Sharing {
  /** Nothing where there is one process. */
  readonly state: SharedState | undefined
  /** Nothing, too, where processes have no key in common: then nothing of what a decision depends on is shared. */
  readonly sealed: SealedState | undefined
}

/**
 * Opens what processes share, if a Redis is configured, and closes it with the server.
 *
 * @throws {ConfigurationError} when ioredis is not installed
 */
export async function openSharing(
  instance: FastifyInstance,
  { operations, resource }: Pick<Configuration, 'operations' | 'resource'>,
): Promise<Sharing> {
  const { redis } = operations
  if (redis === undefined) return { state: undefined, sealed: undefined }
  const key = sharedKey(operations)
  const state = await openRedisState(redis, resource, instance.log)
  instance.addHook('onClose', () => state.close())
  const sealed = key === undefined ? undefined : { state, places: new SealedPlaces(key, instance.log) }
  if (sealed === undefined) instance.log.warn(WITHOUT_KEY)
  rememberSharing(instance, state, sealed)
  return { state, sealed }
}

const WITHOUT_KEY =
  'REDIS_URL is set and MCP_STATE_SECRET is not: limits are shared, while answers about tokens, pauses of issuers and changes stay with each process'
