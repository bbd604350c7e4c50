import { createHash } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { ConfigurationError } from '../configuration/configuration-error.js'
import type { SharedState } from './shared-state.js'

/** Milliseconds that one command may take: a caller waits for it. */
const COMMAND_TIMEOUT = 500
const CONNECT_TIMEOUT = 2_000
/** Milliseconds until a Redis that did not answer is asked again whether it is there. */
const PROBE_INTERVAL = 1_000
const LONGEST_RECONNECT = 5_000

type Redis = InstanceType<typeof import('ioredis').Redis>

/**
 * Shared state in a Redis, by ioredis, which is loaded only for this. It starts,
 * and goes on, without the Redis: what is lost and what is back stands in the log.
 *
 * @throws {ConfigurationError} when ioredis is not installed
 */
export async function openRedisState(url: string, resource: string, log: FastifyBaseLogger): Promise<SharedState> {
  const { Redis } = await loadRedis()
  const redis = new Redis(url, {
    connectionName: 'mcp-secure',
    commandTimeout: COMMAND_TIMEOUT,
    connectTimeout: CONNECT_TIMEOUT,
    // Nothing waits for a connection: whoever asks has an answer of its own.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // Not all processes at the same moment.
    retryStrategy: (attempt) => Math.min(attempt * 100, LONGEST_RECONNECT) * (0.5 + Math.random() / 2),
    lazyConnect: true,
  })
  const state = new RedisState(redis, prefixOf(resource), log)
  // Its failure is an event as well; the first answer is worth waiting for, the second is not.
  await redis.connect().catch(() => {})
  return state
}

class RedisState implements SharedState {
  readonly redis: Redis
  readonly #prefix: string
  readonly #log: FastifyBaseLogger
  #available: boolean | undefined
  #probing: NodeJS.Timeout | undefined
  #closed = false
  readonly #returns: (() => void)[] = []
  readonly #listening: Redis[] = []

  constructor(redis: Redis, prefix: string, log: FastifyBaseLogger) {
    this.redis = redis
    this.#prefix = prefix
    this.#log = log
    redis.on('ready', () => this.#back())
    redis.on('error', (error: unknown) => this.#away(error))
    redis.on('close', () => this.#away(undefined))
  }

  get available(): boolean {
    return this.#available === true
  }

  keyOf(name: string): string {
    return `${this.#prefix}${name}`
  }

  lost(error: unknown): void {
    this.#away(error)
    if (this.#probing !== undefined || this.#closed) return
    this.#probing = setTimeout(() => void this.#probe(), PROBE_INTERVAL).unref()
  }

  async get(name: string): Promise<string | undefined> {
    return (await this.redis.get(this.keyOf(name))) ?? undefined
  }

  async set(name: string, value: string, milliseconds: number): Promise<void> {
    await this.redis.set(this.keyOf(name), value, 'PX', Math.max(1, Math.floor(milliseconds)))
  }

  async setIfAbsent(name: string, value: string, milliseconds: number): Promise<boolean> {
    const kept = await this.redis.set(this.keyOf(name), value, 'PX', Math.max(1, Math.floor(milliseconds)), 'NX')
    return kept === 'OK'
  }

  async delete(...names: readonly string[]): Promise<void> {
    await this.redis.del(names.map((name) => this.keyOf(name)))
  }

  async publish(name: string, message: string): Promise<void> {
    await this.redis.publish(this.keyOf(name), message)
  }

  /** By a connection of its own: one that listens takes no other command. */
  async listen(name: string, listener: (message: string) => void): Promise<void> {
    const listening = this.redis.duplicate({ autoResubscribe: false })
    this.#listening.push(listening)
    // That it is away is told by the other connection.
    listening.on('error', () => {})
    listening.on('ready', () => {
      listening.subscribe(this.keyOf(name)).catch(() => {
        // By a new connection, which will be ready once more.
        if (!this.#closed) listening.disconnect(true)
      })
    })
    listening.on('message', (_channel: string, message: string) => listener(message))
    await listening.connect().catch(() => {})
  }

  onReturn(then: () => void): void {
    this.#returns.push(then)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#probing)
    for (const connection of [this.redis, ...this.#listening]) connection.disconnect()
  }

  /** The connection stands and nothing comes: no event will tell when it does again. */
  async #probe(): Promise<void> {
    this.#probing = undefined
    try {
      await this.redis.ping()
      this.#back()
    } catch (error) {
      this.lost(error)
    }
  }

  #back(): void {
    if (this.#available === false) {
      this.#log.info('the shared state is back: processes count and remember together')
      for (const then of this.#returns) then()
    }
    this.#available = true
  }

  #away(error: unknown): void {
    if (this.#available !== false && !this.#closed) {
      // Never the error as it is: a command that failed carries its arguments.
      const why = error instanceof Error ? error.message : 'the connection was closed'
      this.#log.warn(
        { why },
        'the shared state is away: until it is back, each process counts limits and remembers answers about tokens for itself',
      )
    }
    this.#available = false
  }
}

/** Servers for other resources may use the same Redis. */
function prefixOf(resource: string): string {
  return `mcp:${createHash('sha256').update(resource).digest('base64url').slice(0, 16)}:`
}

async function loadRedis(): Promise<Pick<typeof import('ioredis'), 'Redis'>> {
  try {
    return await import('ioredis')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    throw new ConfigurationError([
      'REDIS_URL is set, and the package ioredis, which talks to Redis, is not installed.\nInstall it in this project: npm install ioredis\nOr remove REDIS_URL, if there is one process only.',
    ])
  }
}
