// What `npm run soak` does, for a few seconds: introspection fails, and no answer differs from the model.
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { wasAlone } from '../src/soak/absences.js'
import { introspectionFails, redisAway } from '../src/soak/disturbances.js'
import { kinds } from '../src/soak/kinds.js'
import { wasLate } from '../src/soak/late-answers.js'
import { soak } from '../src/soak/soak.js'
import { createSoakWorld, type SoakWorld } from '../src/soak/soak-world.js'

let world: SoakWorld
beforeAll(async () => {
  world = await createSoakWorld()
})
afterAll(() => world.close())

it('every answer is one that the model allows, also while introspection and the Redis fail', {
  timeout: 60_000,
}, async () => {
  const { wrong, verdicts, requests } = await soak(world, {
    milliseconds: 8_000,
    workers: 4,
    disturbances: [redisAway(0.4, 0.6), introspectionFails(0.75, 1, { status: 500 })],
  })
  expect(wrong).toEqual([])
  expect(requests).toBeGreaterThan(kinds().length)
  expect([...verdicts.keys()]).toEqual(
    expect.arrayContaining(['good allowed', 'without-token login', 'low lacks-scopes']),
  )
})

it('the model says when no answer is right', () => {
  const good = kinds()
    .find(({ name }) => name === 'good')
    ?.make(world.issuer, 1)
  const untroubled = { introspection: false, keys: false, sharing: false }
  expect(good?.may({ sent: Date.now(), answered: Date.now() }, untroubled)).toEqual(['allowed'])
})

it('the model lets no process take a token that another one has refused', () => {
  const kind = kinds().find(({ name }) => name === 'opaque-revoked')
  const { may, saw } = kind?.make(world.issuer, 1) ?? {}
  const [sent, answered] = [Date.now() + 10, Date.now() + 20]
  const untroubled = { introspection: false, keys: false, sharing: false }
  expect(may?.({ sent, answered }, untroubled)).toContain('allowed')
  saw?.('refused', { sent: sent - 5, answered: sent - 1 })
  expect(may?.({ sent, answered }, untroubled)).not.toContain('allowed')
  expect(may?.({ sent: sent - 2, answered }, untroubled)).toContain('allowed')
  expect(may?.({ sent, answered }, { ...untroubled, sharing: true })).toContain('allowed')
})

it('the model knows when a process was alone by what that says itself', () => {
  const absences = [{ from: 100_000, to: 110_000 }]
  expect(wasAlone(absences, 99_000, 99_500)).toBe(true)
  expect(wasAlone(absences, 110_500, 110_600)).toBe(true)
  expect(wasAlone(absences, 90_000, 98_000)).toBe(false)
  expect(wasAlone(absences, 112_000, 112_100)).toBe(false)
})

it('an issuer knows that nobody waited for its answer any more, also when it could be written', async () => {
  const { issuer } = world
  const { port } = new URL(issuer.issuer)
  const before = issuer.tooLate.length
  await fetch(`${issuer.issuer}/jwks`)
  expect(issuer.tooLate).toHaveLength(before)
  const socket = connect(Number(port), '127.0.0.1')
  // All that was asked is on its way, and so is that the connection ends: what a server leaves that has given up.
  socket.on('error', () => {}).end('GET /jwks HTTP/1.1\r\nhost: issuer\r\n\r\n')
  await vi.waitFor(() => expect(issuer.tooLate.length).toBeGreaterThan(before))
})

it('the model takes a 503 for right if the issuer was too late, or so often that it was left alone for a while', () => {
  const late = [100_000]
  expect(wasLate(late, 95_000, 100_010)).toBe(true)
  expect(wasLate(late, 110_000, 110_010)).toBe(false)
  expect(
    wasLate(
      [1, 2, 3, 4].map((at) => 100_000 + at),
      110_000,
      110_010,
    ),
  ).toBe(false)
  expect(
    wasLate(
      [1, 2, 3, 4, 5].map((at) => 100_000 + at),
      110_000,
      110_010,
    ),
  ).toBe(true)
  expect(
    wasLate(
      [1, 2, 3, 4, 5].map((at) => 100_000 + at),
      150_000,
      150_010,
    ),
  ).toBe(false)
})
