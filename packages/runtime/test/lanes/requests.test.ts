import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPair, type Pair, type Sent } from './support/pair.js'
import { BLOCK_NAMES, tools } from './support/tools.js'
import { legacyRequest, modernRequest } from './support/wire.js'

const ID = '11111111-1111-4111-8111-111111111111'
const ERAS = [
  ['2026-07-28', modernRequest],
  ['2025-11-25', legacyRequest],
] as const

describe('requests by hand, through both lanes', () => {
  let pair: Pair
  let rich: string
  let poor: string
  beforeAll(async () => {
    pair = await createPair({ tools })
    rich = await pair.both.token({
      scopes: ['notes:write'],
      subject: 'ada',
      claims: { auth_time: Math.floor(Date.now() / 1000) },
    })
    poor = await pair.both.token({ scopes: ['notes:read'], subject: 'bob' })
  })
  afterAll(async () => {
    const { compared, compiled } = pair.counts
    console.log(`by hand: ${compared} requests compared, ${compiled} answered by the compiled lane`)
    await pair.close()
  })

  const CALLS: readonly (readonly [string, unknown?])[] = [
    ['read'],
    ['read', {}],
    ['read', { limit: 3, note: 'tea' }],
    ['read', { limit: 'three' }],
    ['read', { limit: 1.5, note: 7 }],
    ['read', { constructor: 1, toString: 2, hasOwnProperty: 3 }],
    ['write', { id: ID }],
    ['write', { id: ID, admin: true }],
    ['write'],
    ['secret'],
    ['recent'],
    ['about'],
    ['about', { extra: 1 }],
    ['either'],
    ['raw', { a: 1, b: 2 }],
    ['raw', { a: 'x' }],
    ['move', { far: false }],
    ['move', { far: true }],
    ['move', { far: 'x' }],
    ['own', { whose: 'ada' }],
    ['own', { whose: 'eve' }],
    ['wrapped', { value: 'x' }],
    ['wrapped', { value: [] }],
    ['wrapped', {}],
    ...['told', 'thrown', 'later', 'lie', 'well'].map((how) => ['fail', { how }] as const),
    ...BLOCK_NAMES.map((which) => ['blocks', { which: [which] }] as const),
    ['blocks', { which: [] }],
    ['blocks', { which: BLOCK_NAMES.slice(0, 7) }],
    ['blocks', { which: ['undeclared'] }],
    ['limited'],
    ['nothing_of_that_name'],
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '',
      ' ',
      '0',
      'READ',
      'read ',
    ].map((name) => [name] as const),
    ['x'.repeat(100_000)],
  ]

  describe.each(ERAS)('%s', (_era, request) => {
    test.each(CALLS.map(([name, args]) => [name.slice(0, 40), args, name] as const))(
      'tools/call %s %j',
      async (_, args, name) => {
        for (const token of [rich, poor, undefined]) {
          const sent = request('tools/call', { name, ...(args === undefined ? {} : { arguments: args }) }, { token })
          await pair.compare(sent)
          await pair.compare({ ...sent, headers: { ...sent.headers, 'user-agent': 'openai-mcp/1.0.0' } })
        }
      },
    )

    test('lists show a caller the same', async () => {
      for (const token of [rich, poor, undefined]) {
        for (const agent of ['test', 'openai-mcp/1.0.0']) {
          const { answer } = await pair.compare(request('tools/list', {}, { token, headers: { 'user-agent': agent } }))
          expect(answer.text.includes('"secret"')).toBe(token === rich)
        }
      }
    })

    test('what a server says of itself', async () => {
      for (const token of [rich, undefined]) await pair.compare(request('server/discover', {}, { token }))
    })

    test('what is plain goes the compiled lane', async () => {
      const lanes = new Map<string, string>()
      const ask = async (what: string, sent: Sent): Promise<void> => {
        lanes.set(what, (await pair.compare({ token: rich, ...sent })).lane)
      }
      await ask('call', request('tools/call', { name: 'read', arguments: {} }))
      await ask('unknown', request('tools/call', { name: 'nothing_of_that_name' }))
      await ask('list', request('tools/list'))
      await ask('with a use', request('tools/call', { name: 'follow' }))
      await ask('ping', request('ping'))
      await ask('a cursor', request('tools/list', { cursor: 'x' }))
      await ask('arguments that are no object', request('tools/call', { name: 'read', arguments: [] }))
      expect(Object.fromEntries(lanes)).toEqual({
        call: 'compiled',
        unknown: 'compiled',
        list: 'compiled',
        'with a use': 'sdk',
        ping: 'sdk',
        'a cursor': 'sdk',
        'arguments that are no object': 'sdk',
      })
    })
  })
})
