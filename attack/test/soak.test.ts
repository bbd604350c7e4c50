// What `npm run soak` does, for a few seconds: introspection fails, and no answer differs from the model.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { KINDS } from '../src/soak/kinds.js'
import { soak } from '../src/soak/soak.js'
import { createWorld, type World } from '../src/world/world.js'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

it('every answer is one that the model allows, also while introspection fails', { timeout: 60_000 }, async () => {
  const { wrong, verdicts, requests } = await soak(world, {
    milliseconds: 4_000,
    workers: 4,
    disturbances: [
      {
        name: 'introspection-fails',
        from: 0.5,
        to: 1,
        begin: (issuer) => issuer.stage('introspection', { status: 500 }),
        end: (issuer) => issuer.stage('introspection'),
      },
    ],
  })
  expect(wrong).toEqual([])
  expect(requests).toBeGreaterThan(KINDS.length)
  expect([...verdicts.keys()]).toEqual(
    expect.arrayContaining(['good allowed', 'without-token login', 'low lacks-scopes']),
  )
})

it('the model says when no answer is right', () => {
  const good = KINDS.find(({ name }) => name === 'good')?.make(world.issuer, 1)
  const untroubled = { introspection: false, keys: false }
  expect(good?.may({ sent: Date.now(), answered: Date.now() }, untroubled)).toEqual(['allowed'])
})
