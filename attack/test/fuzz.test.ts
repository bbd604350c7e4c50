// What `npm run fuzz` does, for a few seconds and from one seed; and that the model it compares with can say no.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fuzzAuthorization, fuzzIntrospection, fuzzTarget, type Seen } from '../src/fuzz/fuzz.js'
import { mayRun } from '../src/fuzz/model.js'
import { RESOURCE } from '../src/http/request.js'
import { createWorld, type World } from '../src/world/world.js'

const SEED = 20_261_125

describe('generated requests', () => {
  let world: World
  const seen: Seen = new Map()
  beforeAll(async () => {
    world = await createWorld()
  })
  afterAll(() => world.close())

  it.each([
    ['for JWTs', fuzzTarget, 400],
    ['for opaque tokens', fuzzIntrospection, 100],
    ['of the authorization server', fuzzAuthorization, 100],
  ] as const)('%s: no crash, no 500, nothing without a grant', { timeout: 120_000 }, async (_, fuzz, runs) => {
    await fuzz(world, { seed: SEED, runs }, seen)
    expect([world.target, world.hello, world.authorization].map(({ isRunning }) => isRunning)).toEqual([
      true,
      true,
      true,
    ])
  })

  it('get as far as handlers, and as far as every refusal', () => {
    for (const status of [200, 400, 401, 403]) expect(seen.get(`target ${status}`)).toBeGreaterThan(5)
    expect([...seen.keys()].filter((what) => what.startsWith('ran ')).length).toBeGreaterThan(3)
  })
})

describe('the model', () => {
  const claims = {
    iss: 'i',
    aud: RESOURCE,
    sub: 'ada',
    client_id: 'c',
    exp: 4_000_000_000,
    scope: 'items:write',
  }
  const may = (handler: string, changed: object = {}, isSigned = true): boolean =>
    mayRun(handler, 'ada', { claims: { ...claims, ...changed }, isSigned }, 'i')

  it('says yes to what a good token allows', () => {
    expect([may('write_item'), may('read_item'), may('erase_all', { scope: 'items:write items:erase' })]).toEqual([
      true,
      true,
      true,
    ])
  })

  it.each([
    ['a scope that is not held', 'erase_all', {}],
    ['a handler that there is not', 'nothing', {}],
    ['another subject', 'write_item', { sub: 'grace' }],
    ['another issuer', 'write_item', { iss: 'j' }],
    ['another audience', 'write_item', { aud: 'x' }],
    ['two audiences', 'write_item', { aud: [RESOURCE, 'x'] }],
    ['an old token', 'write_item', { exp: 1 }],
    ['a token for ever', 'write_item', { exp: null }],
  ])('says no to %s', (_, handler, changed) => expect(may(handler, changed)).toBe(false))

  it('says no to what is not signed, and to nothing', () => {
    expect(may('write_item', {}, false)).toBe(false)
    expect(mayRun('write_item', 'ada', undefined, 'i')).toBe(false)
  })
})
