import { expect, vi } from 'vitest'
import { CompiledLane } from '../../../src/mcp/lanes/compiled-lane.js'
import { type Answer, createHarness, type Harness, type HarnessOptions, send } from '../../support/harness.js'
import type { Ran } from './tools.js'

/** A request as it goes over the wire. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly payload: string
  readonly token?: string | undefined
}

/** The same server twice: as it is, and with the SDK lane alone. */
export interface Pair {
  readonly both: Harness
  readonly sdk: Harness
  /** Sends a request to each, and fails where anybody could tell them apart. */
  compare(sent: Sent): Promise<Compared>
  /** How often something was compared, and how often the compiled lane answered. */
  readonly counts: { compared: number; compiled: number }
  close(): Promise<void>
}

export interface Compared {
  readonly answer: Answer
  readonly lane: 'compiled' | 'sdk'
}

type Options = Omit<HarnessOptions, 'tools' | 'lanes'> & {
  readonly tools: (ran: Ran[]) => NonNullable<HarnessOptions['tools']>
}

export async function createPair({ tools, ...options }: Options): Promise<Pair> {
  const [first, second]: [Ran[], Ran[]] = [[], []]
  const both = await createHarness({ ...options, tools: tools(first) })
  const sdk = await createHarness({ ...options, issuer: both.issuer, tools: tools(second), lanes: ['sdk'] })
  const compiled = vi.spyOn(CompiledLane.prototype, 'answer')
  const counts = { compared: 0, compiled: 0 }
  return {
    both,
    sdk,
    counts,
    async compare({ token, ...sent }) {
      const before = compiled.mock.calls.length
      const told = await observe(both, { token, ...sent }, first)
      const lane = compiled.mock.calls.length > before ? 'compiled' : 'sdk'
      const taken = compiled.mock.calls.length
      const { answer: _, ...expected } = await observe(sdk, { token, ...sent }, second)
      expect(compiled.mock.calls.length).toBe(taken)
      const { answer, ...observed } = told
      expect(observed).toEqual(expected)
      counts.compared += 1
      if (lane === 'compiled') counts.compiled += 1
      return { answer, lane }
    },
    async close() {
      compiled.mockRestore()
      await sdk.app.close()
      await both.close()
    },
  }
}

/** All that a client, a handler and whoever reads the audit records can see of a request. */
async function observe(
  { app, audits }: Harness,
  { token, headers, payload }: Sent,
  ran: Ran[],
): Promise<Record<string, unknown> & { readonly answer: Answer }> {
  ran.length = 0
  const answer = await send(app, { method: 'POST', payload }, { token, ...(headers === undefined ? {} : { headers }) })
  return {
    answer,
    status: answer.status,
    headers: comparable(answer),
    text: withoutSecrets(answer.text),
    ran: [...ran],
    audits: audits(),
  }
}

/** The date of an answer, and what is left of a limit for how long, are those of the clock: a minute may end between two answers. */
function comparable({ headers: { date: _date, ratelimit, ...headers } }: Answer): Record<string, unknown> {
  return { ...headers, ...(ratelimit === undefined ? {} : { ratelimit: String(ratelimit).replace(/;[rt]=\d+/g, '') }) }
}

/** The reference of a failure is another for each request, and so is a cursor, which is sealed. Both are of one length. */
function withoutSecrets(text: string): string {
  return text.replace(/(reference: )[0-9a-f-]{36}/g, '$1<reference>').replace(/("nextCursor":")[\w-]+"/g, '$1<cursor>"')
}
