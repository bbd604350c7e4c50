import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SampleTool } from '../support/definition.js'
import { type AuditRecord, createHarness, type Harness } from '../support/harness.js'
import { begin, overTheWire } from './support/over-the-wire.js'
import type { Sent } from './support/pair.js'
import { legacyRequest, modernRequest } from './support/wire.js'

const ANYBODY = { access: 'authenticated' } as const

/** A handler that runs until the test ends it, or its signal does. */
class Work {
  readonly began: Promise<AbortSignal>
  #begun: (signal: AbortSignal) => void = () => {}
  #end: (text: string) => void = () => {}

  constructor() {
    this.began = new Promise((resolve) => {
      this.#begun = resolve
    })
  }

  run(signal: AbortSignal): Promise<string> {
    return new Promise((resolve) => {
      this.#end = resolve
      this.#begun(signal)
    })
  }

  end(text: string): void {
    this.#end(text)
  }
}

/** One of the two servers, and the work that its tools do. */
interface Side {
  readonly harness: Harness
  readonly work: { current: Work }
}

const ERAS = [
  ['2026-07-28', modernRequest],
  ['2025-11-25', legacyRequest],
] as const

describe('a connection, through both lanes', () => {
  let sides: readonly Side[]
  let token: string
  beforeEach(async () => {
    const compiled = await side()
    sides = [compiled, await side(compiled)]
    token = await compiled.harness.token()
  })
  afterEach(async () => {
    vi.useRealTimers()
    const [first, second] = sides
    await second?.harness.app.close()
    await first?.harness.close()
  })

  async function side(first?: Side): Promise<Side> {
    const work = { current: new Work() }
    const tools: Record<string, SampleTool> = {
      quick: { access: ANYBODY, run: () => 'quick' },
      soon: { access: ANYBODY, run: () => new Promise((resolve) => setImmediate(() => resolve('soon'))) },
      work: {
        access: ANYBODY,
        run: (_input, context) => work.current.run((context as { signal: AbortSignal }).signal),
      },
      late: { access: ANYBODY, limits: { seconds: 1 }, run: () => new Promise(() => {}) },
      ...Object.fromEntries(
        Array.from({ length: 300 }, (_, index) => [`tool_${index}`, { access: ANYBODY, run: () => 'ünïcödé' }]),
      ),
    }
    const issuer = first === undefined ? {} : { issuer: first.harness.issuer, lanes: ['sdk'] as const }
    const harness = await createHarness({ tools, ...issuer })
    await harness.app.listen({ port: 0, host: '127.0.0.1' })
    return { harness, work }
  }

  /** What both say to something, which has to be one thing. */
  async function each<T>(ask: (side: Side) => Promise<T>): Promise<T> {
    const said: T[] = []
    for (const one of sides) said.push(await ask(one))
    expect(said[0]).toEqual(said[1])
    return said[0] as T
  }

  const whole = async ({ harness }: Side, sent: Sent): Promise<object> => {
    const answer = await overTheWire(harness, { token, ...sent })
    return { status: answer.status, headers: answer.headers, body: await answer.body() }
  }

  const audits = async ({ harness }: Side): Promise<AuditRecord[]> => {
    const written: AuditRecord[] = []
    await vi.waitFor(() => {
      written.push(...harness.audits())
      expect(written.length).toBeGreaterThan(0)
    })
    return written
  }

  describe.each(ERAS)('%s', (era, request) => {
    test.each([
      ['a call', request('tools/call', { name: 'quick' })],
      ['a call that takes a moment', request('tools/call', { name: 'soon' })],
      ['a list of 300 tools', request('tools/list')],
      ['what the server says of itself', request('server/discover')],
      ['an unknown tool', request('tools/call', { name: 'nothing' })],
      ['a client without the right to an answer', request('tools/call', { name: 'quick' }, { token: 'no-token' })],
      ['a HTTP/1.0 like client that keeps nothing', request('tools/list', {}, { headers: { connection: 'close' } })],
    ])('%s is the same, byte by byte', async (_, sent) => {
      await each((side) => whole(side, sent))
    })

    test('while a handler runs, a stream says now and then that it is alive, and JSON says nothing', async () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
      const sent = request('tools/call', { name: 'work' })
      const body = await each(async ({ harness, work }) => {
        work.current = new Work()
        const { answer } = begin(harness, { token, ...sent })
        await work.current.began
        // What opens the stream has to have done so.
        for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
        vi.advanceTimersByTime(31_000)
        work.current.end('done')
        return (await answer).body()
      })
      vi.useRealTimers()
      expect(body.match(/^: keepalive$/gm)?.length ?? 0).toBe(era === '2025-11-25' ? 2 : 0)
      expect(body).toContain('"text":"done"')
    })

    test('a handler that takes too long is an error', async () => {
      const said = await each((side) => whole(side, request('tools/call', { name: 'late' })))
      expect(JSON.stringify(said)).toContain('It did not end within 1 second')
      expect(await each(audits)).toMatchObject([{ tool: 'late', outcome: 'timed-out' }])
    })

    test('a client that goes away', async () => {
      const outcome = await each(async ({ harness, work }) => {
        const { answer, leave } = begin(harness, { token, ...request('tools/call', { name: 'work' }) })
        const signal = await work.current.began
        const gone = answer.then((one) => one.body()).catch(() => 'gone')
        const closed = new Promise((resolve) => harness.app.server.once('connection', resolve))
        leave()
        await gone
        // Another request, so that the server has seen that the first is over.
        await overTheWire(harness, { token, ...request('tools/call', { name: 'quick' }) }).then((one) => one.body())
        await closed
        if (era === '2026-07-28') await vi.waitFor(() => expect(signal.aborted).toBe(true))
        const { aborted } = signal
        work.current.end('done')
        await vi.waitFor(() => expect(harness.log()).toMatch(/"tool":"work".*"outcome"/))
        const [record] = harness.audits().filter(({ tool }) => tool === 'work')
        return { aborted, outcome: record?.outcome }
      })
      expect(outcome).toEqual(
        era === '2026-07-28' ? { aborted: true, outcome: 'abandoned' } : { aborted: false, outcome: 'answered' },
      )
    })

    test('one id many times at once is as many answers', async () => {
      const sent = request('tools/call', { name: 'soon' })
      await each(async (side) => Promise.all(Array.from({ length: 50 }, () => whole(side, sent).then(withoutQuota))))
    })

    test('a server that closes answers what it took', async () => {
      const said = await each(async ({ harness, work }) => {
        const { answer } = begin(harness, { token, ...request('tools/call', { name: 'work' }) })
        const signal = await work.current.began
        const closing = harness.app.close()
        const { aborted } = signal
        work.current.end('done')
        const { status, body } = await answer
        const text = await body()
        await closing
        return { status, text, aborted }
      })
      expect(said).toMatchObject({ status: 200, text: expect.stringContaining('"text":"done"'), aborted: false })
    })
  })
})

/** What is left of a limit depends on which of many was first. */
function withoutQuota(answer: object): string {
  return JSON.stringify(answer).replace(/r=\d+/g, 'r')
}
