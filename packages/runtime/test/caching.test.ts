import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Gate, sampleTools } from './support/definition.js'
import { createHarness, type Harness, modern } from './support/harness.js'
import { sampleOffers } from './support/offers.js'

/** What says how long it may be kept, with where its pages hold what they list. */
const LISTS = ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'] as const
const KEPT: readonly (readonly [string, object])[] = [
  ['server/discover', {}],
  ...LISTS.map((method) => [method, {}] as const),
  ['resources/read', { uri: 'notes://all' }],
]

describe('what may be kept', () => {
  let harness: Harness
  let ada: string
  beforeAll(async () => {
    const witness = { calls: [], waiting: () => new Promise<never>(() => {}), finishWaiting: () => {} }
    const hidden = { access: 'scopes', scopes: ['notes:write'], whenDenied: 'hide' } as const
    harness = await createHarness({
      tools: { ...sampleTools(witness, new Gate()), vault: { access: hidden, run: () => 'opened' } },
      offers: sampleOffers([]),
    })
    ada = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
  })
  afterAll(() => harness.close())

  test.each(KEPT)('CA-01, CA-02, CA-03: %s says how long, and by whom', async (method, params) => {
    const { result } = (await modern(harness.app, method, params, { token: ada })).body
    expect(Number.isInteger(result.ttlMs) && result.ttlMs >= 0).toBe(true)
    expect(['public', 'private']).toContain(result.cacheScope)
  })

  test.each(LISTS)('CA-04: every page of %s says the same', async (method) => {
    const scopes: string[] = []
    let cursor: string | undefined
    do {
      const { result } = (await modern(harness.app, method, cursor === undefined ? {} : { cursor }, { token: ada }))
        .body
      scopes.push(result.cacheScope)
      cursor = result.nextCursor
    } while (cursor !== undefined)
    expect(new Set(scopes).size).toBe(1)
  })

  test('CA-06, CA-07: a list that depends on the caller is private and for now, and what is not in it is refused', async () => {
    const writer = await harness.token({ scopes: ['notes:write'], subject: 'ada' })
    const list = async (token: string): Promise<{ names: string[]; result: object }> => {
      const { result } = (await modern(harness.app, 'tools/list', {}, { token })).body
      return { names: result.tools.map(({ name }: { name: string }) => name), result }
    }
    const [less, more] = [await list(ada), await list(writer)]
    expect([less.names.includes('vault'), more.names.includes('vault')]).toEqual([false, true])
    for (const { result } of [less, more]) expect(result).toMatchObject({ cacheScope: 'private', ttlMs: 0 })
    const call = await modern(harness.app, 'tools/call', { name: 'vault' }, { token: ada })
    expect(call.body.error).toMatchObject({ code: -32602 })
  })
})

test('CA-08: what the server remembers of a token is of that token: another of the same user is judged by itself', async () => {
  const harness = await createHarness({ form: 'opaque' })
  const low = await harness.token({ subject: 'ada', scopes: [] })
  const high = await harness.token({ subject: 'ada', scopes: ['notes:export', 'notes:read'] })
  const call = async (token: string): Promise<number> =>
    (await modern(harness.app, 'tools/call', { name: 'export_notes' }, { token })).status
  for (let round = 0; round < 2; round += 1) expect([await call(low), await call(high)]).toEqual([403, 200])
  expect(harness.issuer.requests.introspection).toBe(2)
  await harness.close()
})
