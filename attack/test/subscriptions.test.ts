// What `npm run load:subscriptions` does, for a few seconds, and that it would notice what must not happen.
import { createServer, type Server, type ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { judge, load } from '../src/subscriptions/load.js'
import { memberOf, STAFF, uriOf } from '../src/subscriptions/member.js'
import { type Subscription, subscribe } from '../src/subscriptions/subscription.js'
import { HostileIssuer } from '../src/world/hostile-issuer.js'
import { listen } from '../src/world/listen.js'
import type { Program } from '../src/world/program.js'
import { startBoards } from '../src/world/world.js'

let issuer: HostileIssuer
let boards: Program
beforeAll(async () => {
  issuer = await HostileIssuer.start()
  boards = await startBoards(issuer.issuer)
})
afterAll(async () => {
  await Promise.all([boards.stop(), issuer.stop()])
})

it('everybody is told of every change that they may know of, once, and of no other', { timeout: 60_000 }, async () => {
  const figures = await load(boards, issuer, { subscriptions: 60, callsPerSecond: 50, milliseconds: 3_000 })
  expect(figures).toMatchObject({ failed: [], lost: 0, wrong: [], ended: 0 })
  expect(figures.events).toBeGreaterThan(10)
  expect(figures.delivered).toBe(figures.due)
  expect(figures.due).toBeGreaterThan(figures.events)
})

describe('the load notices', () => {
  const member = { board: 'b1', foreign: 'b2', isStaff: false, subject: 'b1.s2', token: '' }
  const told = (times: readonly number[], wrong: readonly string[] = []): Subscription => ({
    member,
    may: new Set([uriOf('b1')]),
    told: new Map([[uriOf('b1'), times]]),
    wrong,
    isOpen: true,
    close() {},
  })
  const sent = new Map([[uriOf('b1'), [0, 10]]])

  it('an event that was lost', () => {
    expect(judge([told([5, 15]), told([5])], sent)).toMatchObject({
      events: 2,
      due: 4,
      delivered: 3,
      lost: 1,
      wrong: [],
    })
  })

  it('an event that came twice', () => {
    expect(judge([told([5, 15, 16])], sent)).toMatchObject({
      lost: 0,
      wrong: [expect.stringContaining('3 times of 2')],
    })
  })

  it('and one for somebody else', () => {
    expect(judge([told([5, 15], ['notifications/resources/updated x'])], sent).wrong).toHaveLength(1)
  })
})

describe('a subscriber to a server that tells too much', () => {
  let close: (() => Promise<void>) | undefined
  const subscribers: Subscription[] = []
  afterEach(async () => {
    for (const subscriber of subscribers.splice(0)) subscriber.close()
    await close?.()
  })

  /** Answers every request with a stream of these messages. */
  async function serving(messages: readonly object[]): Promise<number> {
    const server: Server = createServer((_request, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const message of messages) response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`)
    })
    const listening = await listen(server)
    close = async () => {
      server.closeAllConnections()
      await listening.close()
    }
    return listening.port
  }
  const acknowledged = (uris: readonly string[]): object => ({
    method: 'notifications/subscriptions/acknowledged',
    params: { notifications: { resourceSubscriptions: uris } },
  })
  const updated = (uri: string): object => ({ method: 'notifications/resources/updated', params: { uri } })

  it.each([
    ['hears of the board of others', [acknowledged([uriOf('b0')]), updated(uriOf('b1'))]],
    ['hears of what is for staff', [acknowledged([uriOf('b0')]), updated(STAFF)]],
    [
      'hears of nothing that it asked for',
      [acknowledged([uriOf('b0')]), { method: 'notifications/tools/list_changed' }],
    ],
    ['is promised more than it may know', [acknowledged([uriOf('b0'), STAFF])]],
  ])('%s, and says so', async (_what, messages) => {
    const subscriber = await subscribe(await serving(messages), memberOf(issuer, 1), 'modern')
    subscribers.push(subscriber)
    await expect.poll(() => subscriber.wrong.length).toBe(1)
  })
})
