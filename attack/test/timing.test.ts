// What `npm run attack` measures: whether times tell what answers do not. Here, that it would be noticed; nothing is timed.
import { expect, it } from 'vitest'
import { judgeTiming } from '../src/timing/judge-timing.js'
import { PAIRS } from '../src/timing/pairs.js'

/** Times around some milliseconds, with an outlier in each ten: what a machine with other work shows. */
const around = (milliseconds: number): number[] =>
  Array.from({ length: 200 }, (_, n) => (n % 10 === 0 ? 500 : milliseconds * (1 + (n % 7) / 20)))

it('what takes twice as long is told apart, whichever of the two it is', () => {
  expect(judgeTiming({ there: around(2), nowhere: around(4) })).toMatchObject({ ratio: 2, isTold: true })
  expect(judgeTiming({ there: around(4), nowhere: around(2) })).toMatchObject({ ratio: 2, isTold: true })
})

it('what else the machine does tells nothing', () => {
  expect(judgeTiming({ there: around(2), nowhere: around(2.2) }).isTold).toBe(false)
})

it('what was not measured is not taken for good', () => {
  expect(judgeTiming({ there: [], nowhere: [] }).isTold).toBe(true)
})

it('two requests of a pair are as long as each other, so that only what they name differs', () => {
  expect(PAIRS.length).toBeGreaterThan(0)
  const world = { issuer: { token: () => 'token' } } as unknown as Parameters<(typeof PAIRS)[number]['there']>[0]
  for (const { there, nowhere } of PAIRS) {
    expect(there(world).body?.length).toBe(nowhere(world).body?.length)
    expect(there(world).body).not.toEqual(nowhere(world).body)
  }
})
