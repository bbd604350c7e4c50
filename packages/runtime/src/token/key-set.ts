import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { isRecord } from '../mcp/is-record.js'
import type { IssuerDiscovery } from './discover-issuer.js'
import { parseObject } from './fetch-text.js'
import type { IssuerConnection } from './issuer-connection.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import type { Surroundings } from './surroundings.js'

/** After this the keys are asked for anew. */
const FRESH_FOR_MS = 10 * 60_000
/** After this they verify nothing any more, even if they cannot be asked for anew. */
const LIFE_MS = 60 * 60_000
/** How long an issuer that could not be asked anew is left alone while its old keys still serve. */
const RETRY_AFTER_MS = 30_000
/** How long nobody asks again because of a key that nobody knows. */
const COOLDOWN_MS = 5_000
/** More than any issuer needs: a token without `kid` is tried with each that fits. */
const MOST_KEYS = 100

interface Loaded {
  readonly uri: string
  readonly keys: JSONWebKeySet['keys']
  readonly find: JWTVerifyGetKey
  readonly at: number
}

/**
 * The published keys of one issuer. They are asked for when first needed, again
 * after 10 minutes, and again for a key that is not among them, but not more
 * often than every 5 seconds, whoever sends what. Many who wait are one question.
 * While the issuer cannot be asked, keys serve for an hour, and nobody waits for
 * it but those who come before that is known.
 */
export class KeySet {
  readonly #discovery: IssuerDiscovery
  readonly #connection: IssuerConnection
  readonly #surroundings: Surroundings
  #loaded: Loaded | undefined
  #askedAt = Number.NEGATIVE_INFINITY
  #failure: unknown
  #asking: Promise<Loaded> | undefined

  constructor(discovery: IssuerDiscovery, connection: IssuerConnection, surroundings: Surroundings) {
    this.#discovery = discovery
    this.#connection = connection
    this.#surroundings = surroundings
  }

  /** Whether there are keys that serve, whatever becomes of the issuer in the next moments. */
  get isUsable(): boolean {
    return this.#loaded !== undefined && this.#loaded.keys.length > 0 && this.#ageOf(this.#loaded) < LIFE_MS
  }

  /** @throws {IssuerUnavailable} when they cannot be had */
  async keys(): Promise<JSONWebKeySet['keys']> {
    return (await this.#current()).keys
  }

  /** The key for a token, as jose asks for it. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const loaded = await this.#current()
    try {
      return await loaded.find(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      const newer = (await this.#afterRotation(loaded)) ?? loaded
      // As long as there is none, nobody knows which tokens are good.
      if (newer.keys.length === 0) throw new IssuerUnavailable('it publishes no key')
      if (newer === loaded) throw error
      return newer.find(header, token)
    }
  }

  /**
   * The key for a token that names none and that no known one has signed: what was
   * signed with a key that is newer looks the same as what was forged.
   */
  readonly findAnew: JWTVerifyGetKey = async (header, token) => {
    const loaded = await this.#current()
    const newer = await this.#afterRotation(loaded)
    return (newer ?? loaded).find(header, token)
  }

  /** What the issuer publishes by now, or nothing if it was asked a moment ago. */
  async #afterRotation({ uri }: Loaded): Promise<Loaded | undefined> {
    if (this.#asking === undefined && this.#surroundings.now() - this.#askedAt < COOLDOWN_MS) {
      // Nobody knows whether the key is a new one: that is no reason to call the token bad.
      if (this.#failure !== undefined) throw this.#failure
      return undefined
    }
    return this.#ask(uri)
  }

  async #current(): Promise<Loaded> {
    // Whoever has keys that serve waits for neither.
    const { jwksUri } = await this.#discovery.metadata({ late: this.isUsable })
    if (jwksUri === undefined) throw new IssuerUnavailable('its metadata names no usable jwks_uri')
    const loaded = this.#loaded?.uri === jwksUri ? this.#loaded : undefined
    if (loaded === undefined || this.#ageOf(loaded) >= LIFE_MS) return this.#ask(jwksUri)
    if (this.#ageOf(loaded) < FRESH_FOR_MS) return loaded
    const anew = (): Promise<Loaded> => this.#ask(jwksUri).catch(() => loaded)
    if (this.#failure === undefined) return anew()
    // It failed before: nobody waits until it fails again.
    if (this.#surroundings.now() - this.#askedAt >= RETRY_AFTER_MS) void anew()
    return loaded
  }

  #ageOf({ at }: Loaded): number {
    return this.#surroundings.now() - at
  }

  async #ask(uri: string): Promise<Loaded> {
    this.#asking ??= this.#load(uri).finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #load(uri: string): Promise<Loaded> {
    try {
      const loaded = { uri, ...(await this.#fetch(uri)), at: this.#surroundings.now() }
      this.#loaded = loaded
      this.#failure = undefined
      return loaded
    } catch (error) {
      this.#failure = error
      throw error
    } finally {
      this.#askedAt = this.#surroundings.now()
    }
  }

  async #fetch(uri: string): Promise<Pick<Loaded, 'keys' | 'find'>> {
    const accept = 'application/jwk-set+json, application/json'
    const { status, text } = await this.#connection.ask(uri, () => ({ headers: { accept } }))
    if (status !== 200) throw new IssuerUnavailable(`its jwks_uri answered ${status}`)
    const { keys } = parseObject(text)
    if (!isKeys(keys)) throw new IssuerUnavailable('its jwks_uri answers no key set')
    if (keys.length > MOST_KEYS) throw new IssuerUnavailable(`its key set has more than ${MOST_KEYS} keys`)
    return { keys, find: createLocalJWKSet({ keys }) }
  }
}

function isKeys(value: unknown): value is JSONWebKeySet['keys'] {
  return Array.isArray(value) && value.every(isRecord)
}
