import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nearestScopes } from '../src/guard/nearest-scopes.js'
import type { AccessPolicy } from '../src/index.js'
import { createHarness, type Harness, legacy, modern, parseChallenge, post } from './support/harness.js'

const SHARE = [['notes:write'], ['notes:read', 'notes:export']] as const

const anyOf = (...sets: readonly (readonly string[])[]): AccessPolicy => ({ access: 'any-of', anyOf: sets })

describe('sets of scopes of which one is enough', () => {
  let harness: Harness
  const calls: string[] = []
  beforeAll(async () => {
    const tool = (name: string, access: AccessPolicy) => ({
      access,
      run() {
        calls.push(name)
        return name
      },
    })
    harness = await createHarness({
      tools: {
        share: tool('share', anyOf(...SHARE)),
        export_notes: tool('export_notes', { access: 'scopes', scopes: ['notes:export'] }),
      },
    })
  })
  beforeEach(() => {
    calls.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  const ask = async (scopes: readonly string[]) =>
    modern(harness.app, 'tools/call', { name: 'share' }, { token: await harness.token({ scopes }) })

  test.each([[['notes:write']], [['notes:read', 'notes:export']], [['notes:write', 'notes:export', 'notes:read']]])(
    'whoever holds all of one set is let through: %s',
    async (scopes) => {
      expect((await ask(scopes)).status).toBe(200)
      expect(calls).toEqual(['share'])
    },
  )

  test.each([
    { held: [], scope: 'notes:write', lacks: 'the scope notes:write' },
    // One scope short of either: the one that is declared first.
    { held: ['notes:read'], scope: 'notes:read notes:write', lacks: 'the scope notes:write' },
    { held: ['notes:export'], scope: 'notes:export notes:write', lacks: 'the scope notes:write' },
    { held: ['notes:writer', 'NOTES:WRITE', 'share'], scope: 'notes:write', lacks: 'the scope notes:write' },
  ])('whoever holds $held is asked for one set, and keeps what is held', async ({ held, scope, lacks }) => {
    for (const call of [modern, legacy]) {
      const answer = await call(
        harness.app,
        'tools/call',
        { name: 'share' },
        { token: await harness.token({ scopes: held }) },
      )
      expect(answer.status).toBe(403)
      expect(parseChallenge(answer)).toMatchObject({
        error: 'insufficient_scope',
        scope,
        error_description: `The access token lacks ${lacks}`,
      })
      expect(answer.body).toEqual({ error: 'insufficient_scope' })
    }
    expect(calls).toEqual([])
  })

  test('in a batch one challenge names one set together with what the other messages lack', async () => {
    const call = (id: number, name: string): object => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } })
    const token = await harness.token({ scopes: ['notes:read'] })
    const answer = await post(harness.app, [call(1, 'share'), call(2, 'export_notes')], { token })
    expect(answer.status).toBe(403)
    expect(parseChallenge(answer).scope).toBe('notes:read notes:export notes:write')
    expect(calls).toEqual([])
  })

  test('the record names the set that let a caller through, and the one that a refusal asked for', async () => {
    await ask(['notes:read', 'notes:export'])
    await ask(['notes:read'])
    expect(harness.audits()).toMatchObject([
      { decision: 'allowed', tool: 'share', needed: ['notes:read', 'notes:export'] },
      { decision: 'refused', reason: 'insufficient-scope', needed: ['notes:write'], missing: ['notes:write'] },
    ])
  })
})

test.each([
  { what: 'no set', access: anyOf(), problem: 'requires scopes but names none' },
  {
    what: 'an empty set, which everybody holds',
    access: anyOf(['notes:read'], []),
    problem: 'requires scopes but names none',
  },
  {
    what: 'a scope that is not declared',
    access: anyOf(['notes:read'], ['nope']),
    problem: 'requires "nope", which is not declared',
  },
])('a policy with $what does not start', async ({ access, problem }) => {
  await expect(createHarness({ tools: { share: { access, run: () => '' } } })).rejects.toThrow(problem)
})

test('the nearest set is the one of which least is missing, of several the first, and never an empty one', () => {
  const sets = [['a', 'b'], ['c'], ['d']]
  expect(nearestScopes(sets, [])).toEqual({ needed: ['c'], missing: ['c'] })
  expect(nearestScopes(sets, ['a'])).toEqual({ needed: ['a', 'b'], missing: ['b'] })
  expect(nearestScopes(sets, ['a', 'd'])).toEqual({ needed: ['d'], missing: [] })
  expect(nearestScopes([[]], ['a'])).toBeUndefined()
  expect(nearestScopes([], ['a'])).toBeUndefined()
})
