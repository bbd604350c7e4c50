import { ToolError } from '@mcp-secure/spec'
import { z } from 'zod'

const Forecast = z.object({ city: z.string(), celsius: z.number(), sky: z.string() })

/** What somebody saw. */
export interface Report {
  readonly city: string
  readonly sky: string
  readonly reporter: string
}

/** Milliseconds that the API may take; a model waits for the answer. */
const PATIENCE = 5_000

/** The HTTP API that the tools call, with a key of this server and never with the caller's token. */
export class ForecastApi {
  readonly #base: string
  readonly #key: string

  constructor(base: string, key: string) {
    this.#base = base
    this.#key = key
  }

  async get(city: string, signal: AbortSignal): Promise<z.infer<typeof Forecast>> {
    const answer = await this.#send(`/forecasts?${new URLSearchParams({ city })}`, {}, signal)
    if (answer.status === 404) throw new ToolError(`There is no forecast for ${city}. Try a larger city nearby.`)
    return Forecast.parse(await bodyOf(answer))
  }

  async report(report: Report, signal: AbortSignal): Promise<void> {
    const headers = { 'content-type': 'application/json' }
    await bodyOf(await this.#send('/reports', { method: 'POST', headers, body: JSON.stringify(report) }, signal))
  }

  async #send(path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    try {
      return await fetch(`${this.#base}${path}`, {
        ...init,
        headers: { ...init.headers, 'x-api-key': this.#key },
        // A key must not travel to wherever a redirect points.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      })
    } catch (cause) {
      signal.throwIfAborted()
      throw new ToolError('The forecast service does not answer. Try again in a minute.', { cause })
    }
  }
}

/** The body of an answer that went well. What the API says of its own failures is for the log, not for the model. */
async function bodyOf(answer: Response): Promise<unknown> {
  if (answer.ok) return await answer.json()
  await answer.body?.cancel()
  if (answer.status === 429 || answer.status >= 500) {
    throw new ToolError('The forecast service is busy. Try again in a minute.')
  }
  throw new Error(`the forecast service answered ${answer.status}`)
}
