import rateLimitPlugin, { type RateLimitOptions } from '@fastify/rate-limit'
import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify'
import { askShared, type SharedState } from '../shared/shared-state.js'
import { WINDOW_SECONDS } from './limit-numbers.js'
import type { LimitName, Quota } from './quota.js'

/** Keys that a process counts for at the same time; beyond, the one unused for longest is forgotten. */
const MOST_KEYS = 50_000

/** Counts requests by key in windows of a minute. */
export interface RateLimit {
  /** Counts one, and says how much is left. */
  take(key: string): Promise<Quota>
  /** Says how much is left. */
  look(key: string): Promise<Quota>
}

/** Makes rate limits, by @fastify/rate-limit: counted in this process, and together with others where state is shared. */
export class RateLimits {
  readonly #local: FastifyInstance
  readonly #shared: FastifyInstance | undefined
  readonly #state: SharedState | undefined

  private constructor(local: FastifyInstance, shared: FastifyInstance | undefined, state: SharedState | undefined) {
    this.#local = local
    this.#shared = shared
    this.#state = state
  }

  static async open(state: SharedState | undefined): Promise<RateLimits> {
    const shared =
      state === undefined ? undefined : await counting({ redis: state.redis, nameSpace: state.keyOf('limit:') })
    return new RateLimits(await counting({}), shared, state)
  }

  /** A limit of so many requests a minute for each key. */
  of(limit: LimitName, most: number): RateLimit {
    const local = counter(this.#local, limit, most)
    if (this.#shared === undefined || this.#state === undefined) return local
    return together(local, counter(this.#shared, limit, most), this.#state)
  }

  async close(): Promise<void> {
    await this.#local.close()
    await this.#shared?.close()
  }
}

/**
 * The count of all processes decides. Each also counts for itself, and goes on
 * with that when the others cannot be asked: nobody is let through uncounted.
 */
function together(local: RateLimit, shared: RateLimit, state: SharedState): RateLimit {
  const ask = async (how: keyof RateLimit, key: string): Promise<Quota> => {
    const own = await local[how](key)
    return askShared(
      state,
      () => shared[how](key),
      () => own,
    )
  }
  return { take: (key) => ask('take', key), look: (key) => ask('look', key) }
}

function counter(counting: FastifyInstance, limit: LimitName, most: number): RateLimit {
  const options: RateLimitOptions = {
    max: most,
    timeWindow: WINDOW_SECONDS * 1000,
    cache: MOST_KEYS,
    keyGenerator: (asked) => `${limit}:${(asked as unknown as Asked).key}`,
  }
  const check = counting.createRateLimit(options)
  const ask = async (key: string, increment: boolean): Promise<Quota> => {
    const asked: Asked = { key, routeOptions: {} }
    const answer = await check(asked as unknown as FastifyRequest, { increment })
    // Only what is on an allow list is let through unseen, and there is none.
    if (answer.isAllowed) throw new Error('A rate limit did not count.')
    const { remaining, ttlInSeconds: reset, isExceeded } = answer
    const exceeded = increment ? isExceeded : remaining === 0
    return { limit, most, remaining, reset: exceeded ? Math.max(1, reset) : reset, exceeded }
  }
  return { take: (key) => ask(key, true), look: (key) => ask(key, false) }
}

/** All that the plugin looks at of a request when the key is given: who that is was decided by the guard. */
interface Asked {
  readonly key: string
  readonly routeOptions: Record<never, never>
}

/**
 * A Fastify of its own that serves nothing: in the app it would share its
 * decorators, and with them the settings, of a rate limit that the app has already.
 */
async function counting(options: { readonly redis?: unknown; readonly nameSpace?: string }): Promise<FastifyInstance> {
  const instance = fastify({ logger: false })
  await instance.register(rateLimitPlugin, { global: false, ...options })
  await instance.ready()
  return instance
}
