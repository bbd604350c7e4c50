import { expect, it } from 'vitest'
import { impliesCycle } from '../../dist/check/implies-cycle.js'
import { sketch } from '../support/model.js'

const found = (implied: Readonly<Record<string, readonly string[]>>) => {
  const scopes = Object.fromEntries(Object.entries(implied).map(([name, implies]) => [name, { implies }]))
  return impliesCycle({ model: sketch({ scopes }), existing: [] }).map(({ message }) => message)
}

it('finds each circle once, and the way round it', () => {
  expect(found({ a: ['b'], b: ['c'], c: ['a'], d: ['d'], e: ['a'] })).toEqual([
    expect.stringContaining('a → b → c → a'),
    expect.stringContaining('d → d'),
  ])
})

it('finds one behind scopes that lead nowhere', () => {
  expect(found({ a: ['b', 'c'], b: ['d'], c: ['d', 'a'], d: [] })).toEqual([expect.stringContaining('a → c → a')])
})

it('looks at each scope once, however many ways lead to it', () => {
  const names = Array.from({ length: 60 }, (_, index) => `scope-${index}`)
  expect(found(Object.fromEntries(names.map((name, index) => [name, names.slice(index + 1)])))).toEqual([])
})
