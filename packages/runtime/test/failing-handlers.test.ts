import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { ToolModule } from '../src/index.js'
import { createHarness, type Harness, legacy, modern } from './support/harness.js'

/** What no handler should throw, and some library will. */
const thrown: Record<string, () => unknown> = {
  undefined: () => undefined,
  null: () => null,
  'a string': () => 'hunter2',
  'a symbol': () => Symbol('hunter2'),
  'an object that refers to itself': () => Object.assign(new Error('hunter2'), loop()),
  'an error with a property that throws': () =>
    Object.defineProperty(new Error('hunter2'), 'detail', { enumerable: true, get: complain }),
  'an object that throws whatever is asked of it': () =>
    new Proxy({}, { has: complain, get: complain, getPrototypeOf: complain, ownKeys: complain }),
  'a tool error whose message throws': () =>
    Object.defineProperty({ 'mcp-secure.tool-error': true }, 'message', { enumerable: true, get: complain }),
  'a tool error whose message changes': () => {
    const messages: unknown[] = ['first', { hunter2: true }]
    return Object.defineProperty({ 'mcp-secure.tool-error': true }, 'message', { get: () => messages.shift() })
  },
  'an error of the protocol': () => Object.assign(new Error('hunter2'), { code: -32042, data: { hunter2: true } }),
}

/** What no handler should return. */
const returned: Record<string, () => unknown> = {
  'a number too big for JSON': () => 10n,
  'an object with a property that throws': () => Object.defineProperty({}, 'content', { get: complain }),
  'a promise that throws when it is asked': () => Object.defineProperty({}, 'then', { get: complain }),
}

function complain(): never {
  throw new Error('hunter2')
}

function loop(): object {
  const self: { self?: object } = {}
  self.self = self
  return self
}

const tools: Record<string, ToolModule['run']> = Object.fromEntries([
  ...Object.entries(thrown).map(([what, make], index) => [
    `throws_${index}`,
    () => {
      throw make()
    },
    what,
  ]),
  ...Object.entries(returned).map(([what, make], index) => [`returns_${index}`, make, what]),
])

let harness: Harness
beforeAll(async () => {
  harness = await createHarness({
    tools: Object.fromEntries(
      Object.entries(tools).map(([name, run]) => [name, { access: { access: 'authenticated' }, run }]),
    ),
  })
})
afterAll(() => harness.close())

const cases = [
  ...Object.keys(thrown).map((what, index) => [`throws ${what}`, `throws_${index}`]),
  ...Object.keys(returned).map((what, index) => [`returns ${what}`, `returns_${index}`]),
] as [string, string][]

test.each(cases)('PR-25: a handler that %s tells the client nothing of it, in both eras', async (what, name) => {
  const token = await harness.token()
  harness.audits()
  for (const call of [modern, legacy]) {
    const answer = await call(harness.app, 'tools/call', { name }, { token })
    expect([answer.status, answer.body.result?.isError]).toEqual([200, true])
    expect(answer.text).not.toContain('hunter2')
  }
  const outcome = what.endsWith('message changes') ? 'tool-error' : 'failed'
  expect(harness.audits()).toMatchObject([{ outcome }, { outcome }])
})

test('TO-13: a wrapped value that JSON cannot hold is a failure, not an answer without it', async () => {
  const access = { access: 'authenticated' as const }
  const own = await createHarness({
    tools: {
      nothing: { access, output: z.number().optional(), wrapped: 'value', run: () => undefined },
      something: { access, output: z.number().nullable(), wrapped: 'value', run: () => null },
    },
  })
  const token = await own.token()
  for (const call of [modern, legacy]) {
    const nothing = await call(own.app, 'tools/call', { name: 'nothing' }, { token })
    expect(nothing.body.result.isError).toBe(true)
    expect(nothing.body.result).not.toHaveProperty('structuredContent')
    const something = await call(own.app, 'tools/call', { name: 'something' }, { token })
    expect(something.body.result.structuredContent).toEqual({ value: null })
  }
  await own.close()
})
