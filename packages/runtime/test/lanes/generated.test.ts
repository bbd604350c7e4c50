import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Bearer, request } from './support/generated.js'
import { createPair, type Pair } from './support/pair.js'
import { tools } from './support/tools.js'

/** Requests of one run. Seeds are fixed, so that a run says the same twice. */
const RUNS = 1_500
const SEEDS = [1, 20_260_728] as const

describe('generated requests, through both lanes', () => {
  let pair: Pair
  let tokens: Readonly<Record<Bearer, string | undefined>>
  beforeAll(async () => {
    // The two count the same requests, and on a slow machine for longer than a minute: it is the same one for both.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() })
    pair = await createPair({ tools, limits: { perSubject: 100_000 } })
    const { both } = pair
    tokens = {
      rich: await both.token({
        scopes: ['notes:write'],
        subject: 'ada',
        claims: { auth_time: Math.floor(Date.now() / 1000) },
      }),
      poor: await both.token({ scopes: ['notes:read'], subject: 'bob' }),
      expired: await both.token({ expiresIn: -300 }),
      foreign: await both.token({ audience: 'https://other.example.com/mcp' }),
      none: undefined,
    }
  })
  afterAll(async () => {
    vi.useRealTimers()
    const { compared, compiled } = pair.counts
    console.log(`generated: ${compared} requests compared, ${compiled} answered by the compiled lane`)
    await pair.close()
  })

  test.each(SEEDS)('nobody can tell the lanes apart (seed %i)', async (seed) => {
    const { compiled: before } = pair.counts
    await fc.assert(
      fc.asyncProperty(request, async ({ bearer, ...sent }) => {
        await pair.compare({ ...sent, token: tokens[bearer] })
      }),
      { numRuns: RUNS, seed, endOnFailure: false },
    )
    // A generator that hardly ever makes a plain request would compare the SDK with itself.
    expect(pair.counts.compiled - before).toBeGreaterThan(RUNS / 10)
  })
})
