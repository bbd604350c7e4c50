import { Breaker, type IssuerBreaker } from './breaker.js'
import { fetchText, type JsonAnswer, parseObject, type TextAnswer } from './fetch-text.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import type { Surroundings } from './surroundings.js'

/** Milliseconds for one question, all of its attempts together. */
const PATIENCE_MS = 5_000
/** How often a question is put again when the connection failed. */
const RETRIES = 2
const FIRST_RETRY_MS = 100
/** Questions that may be under way at once: more would only wait, here and there. */
const MOST_AT_ONCE = 100

/** What a gateway says when the server behind it was not there for a moment. */
const GATEWAY_FAILURES = new Set([502, 504])

/** Makes the request anew for each attempt: an assertion must not be shown twice. */
export type RequestMaker = () => RequestInit | Promise<RequestInit>

/**
 * Every question to one issuer goes through here: at most 5 seconds, at most
 * two more attempts when the connection fails, and none at all for a while
 * after it failed again and again.
 */
export class IssuerConnection {
  readonly #surroundings: Surroundings
  readonly #breaker: IssuerBreaker
  #underWay = 0

  constructor(surroundings: Surroundings, breaker: IssuerBreaker = new Breaker(surroundings)) {
    this.#surroundings = surroundings
    this.#breaker = breaker
  }

  /** Whether it failed so often that it is left alone. */
  get isBroken(): boolean {
    return this.#breaker.isOpen
  }

  /**
   * A JSON object; empty when the answer is none.
   *
   * @throws {IssuerUnavailable} when there is no answer
   */
  async askForJson(url: string, request?: RequestMaker): Promise<JsonAnswer> {
    const { status, text } = await this.ask(url, request)
    return { status, body: parseObject(text) }
  }

  /** @throws {IssuerUnavailable} when there is no answer */
  async ask(url: string, request: RequestMaker = () => ({})): Promise<TextAnswer> {
    if (this.#underWay >= MOST_AT_ONCE) {
      throw new IssuerUnavailable(`${MOST_AT_ONCE} questions to it are under way already`, { retryAfter: 1 })
    }
    this.#underWay += 1
    try {
      await this.#refuseIfTooEarly()
      return await this.#askNow(url, request)
    } finally {
      this.#underWay -= 1
    }
  }

  async #refuseIfTooEarly(): Promise<void> {
    const tooEarlyBy = await this.#breaker.tooEarlyBy()
    if (tooEarlyBy === undefined) return
    const retryAfter = Math.ceil(tooEarlyBy / 1000)
    throw new IssuerUnavailable('it failed again and again, and is left alone for a while', { retryAfter })
  }

  async #askNow(url: string, request: RequestMaker): Promise<TextAnswer> {
    try {
      const answer = await this.#attempt(url, request)
      const failed = answer.status >= 500 || answer.status === 429
      await (failed ? this.#breaker.failed() : this.#breaker.succeeded())
      return answer
    } catch (error) {
      await this.#breaker.failed()
      throw error
    }
  }

  async #attempt(url: string, request: RequestMaker): Promise<TextAnswer> {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    for (let retried = 0; ; retried += 1) {
      const last = retried === RETRIES || signal.aborted
      try {
        const answer = await fetchText(url, { ...(await request()), signal })
        if (last || !GATEWAY_FAILURES.has(answer.status)) return answer
      } catch (error) {
        if (last || !(error instanceof IssuerUnavailable && error.passing)) throw error
      }
      // Full jitter but for a floor: many who failed together do not come back together.
      const pause = FIRST_RETRY_MS * 2 ** retried * (0.5 + this.#surroundings.random() / 2)
      await this.#surroundings.wait(pause, signal)
    }
  }
}
