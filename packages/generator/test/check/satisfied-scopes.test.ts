import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ScopeFacts } from '../../dist/analyse/facts.js'
import { satisfiedScopes } from '../../dist/model/satisfied-scopes.js'

const place = { file: 'mcp/server.ts', line: 1, column: 1, length: 1 }
const scopesOf = (implied: Readonly<Record<string, readonly string[]>>): readonly ScopeFacts[] =>
  Object.entries(implied).map(([name, names]) => ({
    name,
    place,
    description: 'missing',
    baseline: false,
    implies: names.map((value) => ({ value, place })),
  }))
const satisfied = (implied: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(satisfiedScopes(scopesOf(implied)))

it('a scope satisfies what it implies, and nothing else', () => {
  expect(satisfied({ a: ['b'], b: [], c: [] })).toEqual({ a: ['b'], b: [], c: [] })
})

it('and what that implies, however far, in the order of the declaration', () => {
  expect(satisfied({ d: [], c: ['d'], b: ['c'], a: ['b'] })).toEqual({
    d: [],
    c: ['d'],
    b: ['d', 'c'],
    a: ['d', 'c', 'b'],
  })
})

it('never itself, not even in a circle, and a circle ends', () => {
  expect(satisfied({ a: ['b'], b: ['a'], c: ['c'] })).toEqual({ a: ['b'], b: ['a'], c: [] })
})

it('a scope that is not declared satisfies nothing, and is satisfied by nothing', () => {
  expect(satisfied({ a: ['x', 'b'], b: [] })).toEqual({ a: ['b'], b: [] })
})

it('a scope that is reached in two ways is there once', () => {
  expect(satisfied({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })).toMatchObject({ a: ['b', 'c', 'd'] })
})

it('whatever the scopes, what is satisfied is what can be reached', () => {
  const names = ['a', 'b', 'c', 'd', 'e'] as const
  const graph = fc.record(Object.fromEntries(names.map((name) => [name, fc.subarray([...names])])))
  fc.assert(
    fc.property(graph, (implied) => {
      const found = satisfied(implied)
      for (const from of names) {
        for (const to of names.filter((name) => name !== from)) {
          const isDirect = implied[from]?.includes(to) ?? false
          const isThrough = names.some((via) => found[from]?.includes(via) && implied[via]?.includes(to))
          expect(found[from]?.includes(to), `${from} to ${to}`).toBe(isDirect || isThrough)
        }
      }
    }),
  )
})
