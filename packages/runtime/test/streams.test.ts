import { connect } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Clock } from '../src/server/clock.js'
import { endWithToken } from '../src/server/end-with-token.js'
import type { Identity } from '../src/token/identity.js'
import { createHarness, type Harness, legacy } from './support/harness.js'

/** Time that passes when a test says so. */
class HandClock implements Clock {
  #now = 1_000_000
  #waiting: { readonly at: number; readonly then: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(milliseconds: number, then: () => void): () => void {
    const entry = { at: this.#now + milliseconds, then }
    this.#waiting.push(entry)
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry)
    }
  }

  pass(milliseconds: number): void {
    this.#now += milliseconds
    const due = this.#waiting.filter(({ at }) => at <= this.#now)
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now)
    for (const { then } of due) then()
  }

  get waits(): number {
    return this.#waiting.length
  }
}

const identity = (exp?: number): Identity => ({
  subject: 'ada',
  clientId: 'cli',
  issuer: 'https://auth.example.com',
  granted: [],
  effective: [],
  claims: exp === undefined ? {} : { exp },
})

interface Stream {
  readonly clock: HandClock
  readonly expired: () => void
  readonly cancelled: () => void
  send(text: string): void
  end(): void
  next(): Promise<string | undefined>
}

function open(exp: number | undefined, type = 'text/event-stream'): Stream {
  const clock = new HandClock()
  const expired = vi.fn()
  const cancelled = vi.fn()
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own
    },
    cancel: cancelled,
  })
  const response = new Response(body, { headers: { 'content-type': type } })
  const reader = endWithToken(response, identity(exp), clock, expired).body?.getReader()
  return {
    clock,
    expired,
    cancelled,
    send: (text) => controller?.enqueue(new TextEncoder().encode(text)),
    end: () => controller?.close(),
    async next() {
      const read = await reader?.read()
      return read?.value === undefined ? undefined : new TextDecoder().decode(read.value)
    },
  }
}

describe('a stream', () => {
  /** 60 seconds from the beginning. */
  const EXP = 1_060

  test('ends when its token expires, and whoever writes to it is told', async () => {
    const { clock, send, next, expired, cancelled } = open(EXP)
    send('one')
    expect(await next()).toBe('one')
    clock.pass(59_999)
    send('two')
    expect(await next()).toBe('two')
    const ended = next()
    clock.pass(1)
    expect(await ended).toBeUndefined()
    expect([expired, cancelled].map((called) => vi.mocked(called).mock.calls.length)).toEqual([1, 1])
  })

  test('gives nothing more after that, although it was sent before', async () => {
    const { clock, send, next } = open(EXP)
    send('one')
    expect(await next()).toBe('one')
    send('two')
    clock.pass(60_000)
    expect(await next()).toBeUndefined()
  })

  test('that still waits for its first message gets that one, and then ends', async () => {
    const { clock, send, next, expired } = open(EXP)
    const first = next()
    clock.pass(120_000)
    expect(expired).not.toHaveBeenCalled()
    send('the answer')
    send('and more')
    expect(await first).toBe('the answer')
    expect(await next()).toBeUndefined()
    expect(expired).toHaveBeenCalledOnce()
  })

  test('that ends by itself leaves no timer, and nobody is told that it expired', async () => {
    const { clock, send, end, next, expired } = open(EXP)
    send('one')
    end()
    expect([await next(), await next()]).toEqual(['one', undefined])
    expect(clock.waits).toBe(0)
    clock.pass(60_000)
    expect(expired).not.toHaveBeenCalled()
  })

  test.each([
    ['of a token without an end', undefined, 'text/event-stream'],
    ['that is no stream of events, whose one answer was asked for in time', EXP, 'application/json'],
  ])('%s goes on', async (_what, exp, type) => {
    const { clock, send, next } = open(exp, type)
    send('one')
    expect(await next()).toBe('one')
    clock.pass(10_000_000)
    send('two')
    expect(await next()).toBe('two')
  })
})

describe('on a connection', () => {
  let harness: Harness | undefined
  afterEach(async () => {
    vi.useRealTimers()
    await harness?.close()
    harness = undefined
  })

  test('a call that was asked for in time is answered, although its token expires meanwhile', async () => {
    harness = await createHarness()
    const { app, token, witness, audits } = harness
    const ada = await token({ expiresIn: 1 })
    const answer = legacy(app, 'tools/call', { name: 'wait', arguments: {} }, { token: ada })
    const signal = await witness.waiting()
    await vi.waitFor(async () => expect((await legacy(app, 'ping', {}, { token: ada })).status).toBe(401), 10_000)
    expect(signal.aborted).toBe(false)
    audits()
    witness.finishWaiting()
    expect((await answer).body).toMatchObject({ result: { content: [{ text: 'waited' }] } })
    expect(audits()).toMatchObject([{ tool: 'wait', outcome: 'answered' }])
  })

  test('a body that comes byte by byte is given up, and the connection with it', async () => {
    harness = await createHarness()
    const { app, token, audits } = harness
    await app.listen({ port: 0, host: '127.0.0.1' })
    const address = app.server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const ada = await token()
    // With the keys of the issuer: fetching them has timers of its own.
    await legacy(app, 'ping', {}, { token: ada })
    audits()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const before = vi.getTimerCount()
    const socket = connect(port, '127.0.0.1')
    const head = [
      'POST /mcp HTTP/1.1',
      'Host: notes.example.com',
      `Authorization: Bearer ${ada}`,
      'Content-Type: application/json',
      'Content-Length: 1000',
    ]
    const answer = new Promise<string>((resolve, reject) => {
      let text = ''
      socket.setEncoding('utf8').on('error', reject)
      socket
        .on('close', () => resolve(text))
        .on('data', (chunk) => {
          text += chunk
        })
    })
    socket.write(`${head.join('\r\n')}\r\n\r\n{`)
    while (vi.getTimerCount() === before) await new Promise((resolve) => setImmediate(resolve))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/)
    expect(audits()).toMatchObject([{ decision: 'refused', reason: 'body-too-slow' }])
  })

  test('headers have ten seconds, a request thirty, and a connection on which nothing moves ten minutes', async () => {
    harness = await createHarness()
    const { headersTimeout, requestTimeout, timeout } = harness.app.server
    expect([headersTimeout, requestTimeout, timeout]).toEqual([10_000, 30_000, 600_000])
  })
})
