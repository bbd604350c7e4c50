import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Breaker } from '../src/token/breaker.js'
import { IssuerConnection } from '../src/token/issuer-connection.js'
import { IssuerUnavailable } from '../src/token/issuer-unavailable.js'
import { createOddIssuer, json, type OddIssuer } from './support/odd-issuer.js'
import { TestSurroundings } from './support/surroundings.js'

let odd: OddIssuer
let surroundings: TestSurroundings
let connection: IssuerConnection
beforeEach(async () => {
  odd = await createOddIssuer()
  surroundings = new TestSurroundings()
  connection = new IssuerConnection(surroundings)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await odd.stop()
})

const ask = (): ReturnType<IssuerConnection['ask']> => connection.ask(`${odd.issuer}/x`)

async function failure(asking: Promise<unknown>): Promise<IssuerUnavailable> {
  const error: unknown = await asking.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof IssuerUnavailable) return error
  throw new Error(`Not unavailable: ${String(error)}`)
}

/** Fails as often as the breaker bears. */
async function breakIt(): Promise<void> {
  odd.answers['/x'] = json({}, 500)
  for (let count = 0; count < 5; count += 1) await ask()
}

describe('a question', () => {
  test('is put again when the connection breaks, with pauses that grow and differ', async () => {
    odd.answers['/x'] = (request) => request.socket.destroy()
    surroundings.chance = 0
    expect((await failure(ask())).message).toMatch(/^no answer from http:/)
    expect(odd.asked).toEqual(['/x', '/x', '/x'])
    expect(surroundings.pauses).toEqual([50, 100])
    surroundings.chance = 0.999
    await failure(ask())
    expect(surroundings.pauses.slice(2).map(Math.round)).toEqual([100, 200])
  })

  test('is answered by the attempt that succeeds', async () => {
    odd.answers['/x'] = (request, response) => {
      if (odd.asked.length === 1) request.socket.destroy()
      else if (odd.asked.length === 2) json({}, 502)(request, response)
      else json({ fine: true })(request, response)
    }
    expect(await connection.askForJson(`${odd.issuer}/x`)).toEqual({ status: 200, body: { fine: true } })
  })

  test.each([400, 401, 404, 429, 500, 503])(
    'is not put again when the answer is %i: that is an answer',
    async (status) => {
      odd.answers['/x'] = json({}, status)
      expect((await ask()).status).toBe(status)
      expect(odd.asked).toHaveLength(1)
    },
  )

  test('is made anew for each attempt: no assertion is shown twice', async () => {
    odd.answers['/x'] = json({}, 502)
    let made = 0
    await connection.ask(`${odd.issuer}/x`, async () => {
      made += 1
      return { method: 'POST', body: String(made) }
    })
    expect(made).toBe(3)
  })

  test('has 5 seconds, all attempts together, and is not put again after that', async () => {
    const deadline = new AbortController()
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal)
    odd.answers['/x'] = () => deadline.abort(new DOMException('late', 'TimeoutError'))
    expect((await failure(ask())).message).toMatch(/TimeoutError$/)
    expect(timeout.mock.calls).toEqual([[5_000]])
    expect(odd.asked).toHaveLength(1)
  })

  test('is one of 100 at most: the next one fails at once, and nothing is broken by that', async () => {
    const held: (() => void)[] = []
    odd.answers['/x'] = (request, response) => {
      held.push(() => json({})(request, response))
    }
    const asking = Array.from({ length: 100 }, ask)
    const { message, retryAfter } = await failure(ask())
    expect([message, retryAfter]).toEqual(['100 questions to it are under way already', 1])
    await vi.waitFor(() => expect(held).toHaveLength(100))
    for (const release of held) release()
    expect((await Promise.all(asking)).every(({ status }) => status === 200)).toBe(true)
    expect(connection.isBroken).toBe(false)
  })
})

describe('a question that is over', () => {
  test.each([
    ['answered', json({})],
    ['failed', json({}, 500)],
  ])('leaves its place to the next, when it was %s', async (_, answer) => {
    odd.answers['/x'] = answer
    for (let count = 0; count < 100; count += 1) await ask().catch(() => {})
    surroundings.pass(60_000)
    odd.answers['/x'] = json({})
    expect((await ask()).status).toBe(200)
  })
})

describe('an issuer that fails again and again', () => {
  test('is left alone after the fifth time, and callers learn for how long', async () => {
    await breakIt()
    expect(connection.isBroken).toBe(true)
    const { retryAfter, message } = await failure(ask())
    expect([retryAfter, message]).toEqual([5, 'it failed again and again, and is left alone for a while'])
    expect(odd.asked).toHaveLength(5)
  })

  test('is asked once after the pause, and by everybody when that succeeds', async () => {
    await breakIt()
    surroundings.pass(4_999)
    await failure(ask())
    surroundings.pass(1)
    let release = (): void => {}
    odd.answers['/x'] = (request, response) => {
      release = () => json({})(request, response)
    }
    const probe = ask()
    await vi.waitFor(() => expect(odd.asked).toHaveLength(6))
    await failure(ask())
    release()
    expect((await probe).status).toBe(200)
    odd.answers['/x'] = json({})
    expect((await ask()).status).toBe(200)
    expect(connection.isBroken).toBe(false)
  })

  test('and fails at the probe is left alone for longer, up to half a minute', async () => {
    await breakIt()
    const pauses: number[] = []
    for (let probes = 0; probes < 4; probes += 1) {
      const { retryAfter = 0 } = await failure(ask())
      pauses.push(retryAfter)
      surroundings.pass(retryAfter * 1000)
      await ask()
    }
    expect(pauses).toEqual([5, 10, 20, 30])
  })

  test.each([
    [0, 3_750],
    [0.999, 6_247.5],
  ])('is asked again after a pause that chance decides: %d', (chance, pause) => {
    surroundings.chance = chance
    const breaker = new Breaker(surroundings)
    for (let count = 0; count < 5; count += 1) breaker.failed()
    expect(breaker.tooEarlyBy()).toBeCloseTo(pause)
  })

  test('an answer in between starts the count anew', async () => {
    for (let count = 0; count < 9; count += 1) {
      odd.answers['/x'] = json({}, count === 4 ? 200 : 500)
      await ask()
    }
    expect(connection.isBroken).toBe(false)
  })

  test.each([429, 500, 503])('is one that answers %i, which it does when it is asked too much', async (status) => {
    odd.answers['/x'] = json({}, status)
    for (let count = 0; count < 5; count += 1) await ask()
    expect(connection.isBroken).toBe(true)
  })

  test.each([400, 401, 403, 404])(
    'is not one that answers %i: whoever sends bad tokens breaks nothing',
    async (status) => {
      odd.answers['/x'] = json({}, status)
      for (let count = 0; count < 10; count += 1) await ask()
      expect(connection.isBroken).toBe(false)
    },
  )
})
