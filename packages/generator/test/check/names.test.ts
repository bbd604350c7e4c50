import { expect, it } from 'vitest'
import type { Facts, ScopeFacts, ToolFacts } from '../../dist/analyse/facts.js'
import { check } from '../../dist/check/check.js'
import { impliesCycle } from '../../dist/check/implies-cycle.js'
import { impliesUnknownScope } from '../../dist/check/implies-unknown-scope.js'
import { nameTaken } from '../../dist/check/name-taken.js'
import type { Rule } from '../../dist/check/rule.js'
import { unsafeName } from '../../dist/check/unsafe-name.js'
import { model } from '../../dist/model/model.js'

const NOTHING: Facts = { services: null, server: null, tools: [], resources: [], prompts: [], packages: [] }
const said = (rule: Rule, facts: Facts) => rule({ model: model(facts), existing: [] }).map(({ message }) => message)

const tools = (...paths: readonly string[]): Facts => ({
  ...NOTHING,
  tools: paths.map((path): ToolFacts => {
    const module = `mcp/tools/${path}.ts`
    const place = { file: module, line: 1, column: 1, length: 1 }
    const access = { kind: 'public', place } as const
    return {
      ...{ module, place, access, description: { value: 'A', place }, title: 'missing' },
      ...{ annotations: null, hasHandler: true, input: null, output: null },
    } as unknown as ToolFacts
  }),
})

it.each(['a', 'A9_', 'a'.repeat(64), 'folder/a', '9.x-y_z/a'])('a tool can be at %s', (path) => {
  expect(said(unsafeName, tools(path))).toEqual([])
})

it.each([
  ['a'.repeat(65), 'is longer than 64 characters'],
  ['9a', 'is not a name that clients accept'],
  ['_a', 'is not a name that clients accept'],
  ['a.b', 'is not a name that clients accept'],
  ['.x/a', `is in a folder called '.x'`],
  ['-x/a', `is in a folder called '-x'`],
  ['ü/a', `is in a folder called 'ü'`],
])('no tool can be at %s', (path, problem) => {
  expect(said(unsafeName, tools(path))).toEqual([expect.stringContaining(problem)])
})

it('a name is taken by the first that has it, in the order of names, whatever its capitals and its folder', () => {
  expect(said(nameTaken, tools('a-b', 'x/A_B', 'y/a-b', 'c'))).toEqual([
    expect.stringContaining('is taken by mcp/tools/x/A_B.ts'),
    expect.stringContaining('is taken by mcp/tools/x/A_B.ts'),
  ])
})

function scopes(implied: Readonly<Record<string, readonly string[]>>): Facts {
  const placeAt = (line: number) => ({ file: 'mcp/server.ts', line, column: 1, length: 1 })
  const declared = Object.entries(implied).map(
    ([name, names], index): ScopeFacts => ({
      name,
      place: placeAt(index + 1),
      description: { value: 'A scope', place: placeAt(index + 1) },
      baseline: true,
      implies: names.map((value, at) => ({ value, place: placeAt(100 * (index + 1) + at) })),
    }),
  )
  const server = {
    ...{ module: 'mcp/server.ts', place: placeAt(1), name: 'missing', version: 'missing', title: 'missing' },
    ...{ instructions: 'missing', resource: 'missing', auth: 'missing', clients: 'missing' },
    scopes: { value: declared, place: placeAt(1) },
  }
  return { ...NOTHING, server: server as unknown as NonNullable<Facts['server']> }
}

it.each([
  [{ a: ['a'] }, ['a → a']],
  [{ a: ['b'], b: ['a'] }, ['a → b → a']],
  [{ x: ['a'], a: ['c', 'b'], b: ['a'], c: [] }, ['a → b → a']],
  [{ a: ['b'], b: ['c'], c: ['b'] }, ['b → c → b']],
  [{ a: ['a'], b: ['b'] }, ['a → a', 'b → b']],
  [{ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
  [{ a: ['undeclared'] }, []],
])('circles in %j are %j', (implied, cycles) => {
  const messages = said(impliesCycle, scopes(implied as unknown as Readonly<Record<string, readonly string[]>>))
  expect(messages).toHaveLength(cycles.length)
  for (const [index, cycle] of cycles.entries()) expect(messages[index]).toContain(cycle)
})

it('a circle is shown where its first scope implies the next', () => {
  const found = impliesCycle({ model: model(scopes({ x: [], a: ['x', 'b'], b: ['a'] })), existing: [] })
  expect(found.map(({ place }) => place.line)).toEqual([201])
})

it('a scope that is implied and not declared gets the nearest that is, but not the one that implies it', () => {
  expect(said(impliesUnknownScope, scopes({ 'notes:read': ['notes:raed'], 'notes:rea': [] }))).toEqual([
    expect.stringContaining(`Did you mean 'notes:rea'?`),
  ])
  const [alone] = said(impliesUnknownScope, scopes({ 'notes:read': ['notes:raed'] }))
  expect(alone).not.toContain('Did you mean')
})

it('a project of which nothing could be read has no finding that would say so wrongly', () => {
  expect(check({ model: model(NOTHING), existing: [] })).toEqual([])
})
