import { setTimeout as wait } from 'node:timers/promises'
import type { ToolError } from '@mcp-secure/spec'
import type { z } from 'zod'
import { type Answer, failureOf, noAnswer, tooSlow } from './failures.js'

export interface HttpApiOptions {
  /** Absolute URL; paths are appended to it. */
  readonly baseUrl: string
  /** Sent as a bearer token. Never the token of a caller: that one is for this server alone. */
  readonly key: string
  /** Milliseconds that one attempt may take. */
  readonly timeout?: number
  /** Milliseconds before the first of two retries; the second waits twice as long. */
  readonly retryDelay?: number
}

/** Milliseconds; longer than this nobody is kept waiting for a retry, whatever the API asks for. */
const LONGEST_DELAY = 2_000

/** What may be over in a moment. */
const PASSING = new Set([429, 502, 503, 504])

/** Bytes of the largest answer that is read. */
const LARGEST_ANSWER = 1_000_000

/**
 * Requests to one HTTP API, each with a timeout, ended when the caller goes
 * away. Reading is tried up to three times, since asking again changes nothing.
 * Writing is tried once: an attempt without an answer may have been carried out.
 *
 * A failure that a model should know of is a `ToolError`, with what it can do;
 * an answer that makes no sense is any other error, for the log alone.
 */
export class HttpApi {
  readonly #base: URL
  readonly #key: string
  readonly #timeout: number
  readonly #retryDelay: number

  constructor({ baseUrl, key, timeout = 5_000, retryDelay = 200 }: HttpApiOptions) {
    this.#base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
    this.#key = key
    this.#timeout = timeout
    this.#retryDelay = retryDelay
  }

  async get<Schema extends z.ZodType>(path: string, schema: Schema, signal: AbortSignal): Promise<z.output<Schema>> {
    let delay = this.#retryDelay
    for (let left = 2; ; left--) {
      const attempt = await this.#attempt('GET', path, undefined, signal)
      const again = left > 0 && isPassing(attempt) ? delayBefore(attempt, delay) : undefined
      if (again === undefined) return understand(attempt, schema)
      await wait(again, undefined, { signal })
      delay *= 2
    }
  }

  /** `not found` is an answer here: whoever asks knows what it was that is not there. */
  async post<Schema extends z.ZodType>(
    path: string,
    body: object,
    schema: Schema,
    signal: AbortSignal,
  ): Promise<z.output<Schema> | 'not found'> {
    const attempt = await this.#attempt('POST', path, body, signal)
    return 'status' in attempt && attempt.status === 404 ? 'not found' : understand(attempt, schema)
  }

  /** The answer, or why there is none. Throws when the caller is gone, and when the answer is too large. */
  async #attempt(
    method: string,
    path: string,
    body: object | undefined,
    signal: AbortSignal,
  ): Promise<Answer | ToolError> {
    const slow = AbortSignal.timeout(this.#timeout)
    try {
      const response = await fetch(new URL(path, this.#base), {
        method,
        // A redirect could lead anywhere, with the key in hand.
        redirect: 'manual',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${this.#key}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.any([signal, slow]),
      })
      return { status: response.status, headers: response.headers, text: await textOf(response) }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof TooLarge) throw error
      return slow.aborted ? tooSlow(error) : noAnswer(error)
    }
  }
}

function isPassing(attempt: Answer | ToolError): boolean {
  return !('status' in attempt) || PASSING.has(attempt.status)
}

/** Milliseconds, or nothing when the API wants to be left alone for longer than anybody should wait here. */
function delayBefore(attempt: Answer | ToolError, delay: number): number | undefined {
  const asked = 'status' in attempt ? Number(attempt.headers.get('retry-after') ?? 0) * 1_000 : 0
  // A date instead of seconds is no number.
  const wanted = Math.max(delay, Number.isNaN(asked) ? LONGEST_DELAY + 1 : asked)
  return wanted <= LONGEST_DELAY ? wanted : undefined
}

function understand<Schema extends z.ZodType>(attempt: Answer | ToolError, schema: Schema): z.output<Schema> {
  if (!('status' in attempt)) throw attempt
  if (attempt.status < 200 || attempt.status > 299) throw failureOf(attempt)
  return schema.parse(JSON.parse(attempt.text))
}

class TooLarge extends Error {}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > LARGEST_ANSWER) throw new TooLarge(`the API answered with more than ${LARGEST_ANSWER} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
