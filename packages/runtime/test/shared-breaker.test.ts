import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { IssuerConnection } from '../src/token/issuer-connection.js'
import { IssuerUnavailable } from '../src/token/issuer-unavailable.js'
import { SharedBreaker } from '../src/token/shared-breaker.js'
import { MemoryStore, type Process, processOf } from './support/memory-state.js'
import { createOddIssuer, json, type OddIssuer } from './support/odd-issuer.js'
import { TestSurroundings } from './support/surroundings.js'

let odd: OddIssuer
let surroundings: TestSurroundings
let store: MemoryStore
beforeEach(async () => {
  odd = await createOddIssuer()
  surroundings = new TestSurroundings()
  store = new MemoryStore(surroundings)
  odd.answers['/x'] = json({}, 500)
})
afterEach(() => odd.stop())

interface One extends Process {
  /** A status, or the seconds after which it is worth trying again. */
  ask(): Promise<{ readonly status: number } | { readonly retryAfter: number | undefined }>
  isBroken(): boolean
}

function one(): One {
  const process = processOf(store)
  const connection = new IssuerConnection(surroundings, new SharedBreaker(odd.issuer, process, surroundings))
  return {
    ...process,
    isBroken: () => connection.isBroken,
    async ask() {
      try {
        const { status } = await connection.ask(`${odd.issuer}/x`)
        return { status }
      } catch (error) {
        if (!(error instanceof IssuerUnavailable)) throw error
        return { retryAfter: error.retryAfter }
      }
    },
  }
}

async function down({ ask }: One): Promise<void> {
  for (let count = 0; count < 5; count += 1) expect(await ask()).toEqual({ status: 500 })
}

describe('an issuer that one process found down', () => {
  test('is left alone by the others at once', async () => {
    const [a, b] = [one(), one()]
    await down(a)
    expect(await b.ask()).toEqual({ retryAfter: 5 })
    expect(odd.asked).toHaveLength(5)
    expect([a.isBroken(), b.isBroken()]).toEqual([true, true])
  })

  test('is tried by one of all when the pause is over', async () => {
    const all = [one(), one(), one()]
    const [a, b] = all
    if (a === undefined || b === undefined) throw new Error('There are three.')
    await down(a)
    expect(await b.ask()).toEqual({ retryAfter: 5 })
    surroundings.pass(5_000)
    let release = (): void => {}
    odd.answers['/x'] = (request, response) => {
      release = () => json({})(request, response)
    }
    const asking = all.map(({ ask }) => ask())
    await vi.waitFor(() => expect(odd.asked).toHaveLength(6))
    expect(await b.ask()).toEqual({ retryAfter: 5 })
    release()
    const answers = await Promise.all(asking)
    expect(answers.filter((answer) => 'status' in answer)).toEqual([{ status: 200 }])
    expect(odd.asked).toHaveLength(6)
  })

  test('and answers one of them, is asked by all again', async () => {
    const [a, b] = [one(), one()]
    await down(a)
    await b.ask()
    surroundings.pass(5_000)
    odd.answers['/x'] = json({})
    expect(await b.ask()).toEqual({ status: 200 })
    expect(await a.ask()).toEqual({ status: 200 })
    expect([a.isBroken(), b.isBroken()]).toEqual([false, false])
    expect(store.entries.size).toBe(0)
  })

  test('and fails again is left alone for longer, whoever tried it', async () => {
    const [a, b] = [one(), one()]
    await down(a)
    surroundings.pass(5_000)
    expect(await b.ask()).toEqual({ status: 500 })
    expect(await a.ask()).toEqual({ retryAfter: 10 })
    surroundings.pass(10_000)
    expect(await a.ask()).toEqual({ status: 500 })
    expect(await b.ask()).toEqual({ retryAfter: 20 })
  })

  test('is tried by another when the one whose turn it was does not come back', async () => {
    const [a, b] = [one(), one()]
    await down(a)
    surroundings.pass(5_000)
    let asked = (): void => {}
    const reached = new Promise<void>((resolve) => {
      asked = resolve
    })
    odd.answers['/x'] = () => asked()
    const lost = a.ask()
    await reached
    expect(await b.ask()).toEqual({ retryAfter: 5 })
    odd.answers['/x'] = json({})
    surroundings.pass(10_000)
    expect(await b.ask()).toEqual({ status: 200 })
    await odd.stop()
    await lost
    await odd.restart()
  })

  test('is not left alone by a process that it has answered since', async () => {
    const [a, b] = [one(), one()]
    await a.ask()
    surroundings.pass(1)
    odd.answers['/x'] = json({})
    expect(await b.ask()).toEqual({ status: 200 })
    // Only the way of one machine is broken.
    odd.answers['/x'] = json({}, 500)
    for (let count = 0; count < 4; count += 1) await a.ask()
    odd.answers['/x'] = json({})
    expect(await a.ask()).toEqual({ retryAfter: 5 })
    expect(await b.ask()).toEqual({ status: 200 })
    expect(b.isBroken()).toBe(false)
  })
})

describe('whoever can write to the store', () => {
  test.each([
    ['plain text', () => JSON.stringify({ since: surroundings.time, until: surroundings.time + 1e9, number: 1 })],
    [
      'what was sealed with another secret',
      () =>
        processOf(store, new Uint8Array(32))
          .places.of('pause', odd.issuer)
          .seal(JSON.stringify({ since: surroundings.time, until: surroundings.time + 1e9, number: 1 })),
    ],
  ])('cannot stop the questions by %s', async (_, forged) => {
    const a = one()
    store.write(processOf(store).places.of('pause', odd.issuer).name, forged())
    odd.answers['/x'] = json({})
    expect(await a.ask()).toEqual({ status: 200 })
    expect(a.warnings).toHaveLength(1)
  })

  test('can put a pause back, and stops nobody who was answered since it began', async () => {
    const [a, b] = [one(), one()]
    await down(a)
    const { name, value } = store.only('pause')
    surroundings.pass(5_000)
    odd.answers['/x'] = json({})
    await b.ask()
    store.write(name, value)
    expect(await b.ask()).toEqual({ status: 200 })
  })

  test('can take a pause away, and no more: the issuer is asked as if nobody had failed', async () => {
    const [a, b] = [one(), one()]
    await down(a)
    store.entries.clear()
    expect(await b.ask()).toEqual({ status: 500 })
    expect(await a.ask()).toEqual({ status: 500 })
  })
})

describe('while the store is away', () => {
  test('each process finds out for itself', async () => {
    const [a, b] = [one(), one()]
    a.state.available = false
    b.state.available = false
    await down(a)
    expect(await a.ask()).toEqual({ retryAfter: 5 })
    expect(await b.ask()).toEqual({ status: 500 })
  })

  test('a pause that all had goes on, and each tries after it', async () => {
    const [a, b] = [one(), one()]
    await down(a)
    await b.ask()
    a.state.available = false
    b.state.hangs = true
    expect(await b.ask()).toEqual({ retryAfter: 5 })
    expect(await a.ask()).toEqual({ retryAfter: 5 })
    surroundings.pass(5_000)
    odd.answers['/x'] = json({})
    expect(await a.ask()).toEqual({ status: 200 })
    expect(await b.ask()).toEqual({ status: 200 })
  })

  test('in the middle of a try, nobody waits for that try for ever', async () => {
    const a = one()
    await down(a)
    surroundings.pass(5_000)
    odd.answers['/x'] = (request, response) => {
      a.state.hangs = true
      json({}, 500)(request, response)
    }
    expect(await a.ask()).toEqual({ status: 500 })
    expect(await a.ask()).toEqual({ retryAfter: 10 })
    surroundings.pass(10_000)
    odd.answers['/x'] = json({})
    expect(await a.ask()).toEqual({ status: 200 })
  })
})
