import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AccessPolicy } from '../src/index.js'
import type { SampleTool } from './support/definition.js'
import { type Ask, createHarness, type Harness, legacy, modern } from './support/harness.js'
import type { SampleOffers } from './support/offers.js'

const PUBLIC: AccessPolicy = { access: 'public' }
const LOGIN: AccessPolicy = { access: 'authenticated' }
const SCOPE: AccessPolicy = { access: 'scopes', scopes: ['notes:write'] }
const HIDDEN: AccessPolicy = { ...SCOPE, whenDenied: 'hide' }

const FOR_EVERYBODY = [60_000, 'public']
const FOR_THIS_CALLER = [60_000, 'private']
const OF_THE_MOMENT = [0, 'private']

let harness: Harness
afterEach(() => harness.close())

interface Offered {
  readonly tools?: readonly AccessPolicy[]
  readonly prompts?: readonly AccessPolicy[]
  readonly resources?: readonly AccessPolicy[]
  /** Whether a template lists what there is. */
  readonly lists?: AccessPolicy
}

async function serve({ tools = [], prompts = [], resources = [], lists }: Offered): Promise<void> {
  const named = <T>(kind: string, policies: readonly AccessPolicy[], make: (access: AccessPolicy, at: number) => T) =>
    Object.fromEntries(policies.map((access, at) => [`${kind}_${at}`, make(access, at)]))
  const offers: SampleOffers = {
    prompts: named('prompt', prompts, (access) => ({ access, module: { run: () => 'Do.' } })),
    resources: {
      ...named('resource', resources, (access, at) => ({
        access,
        uri: `notes://fixed/${at}`,
        module: { read: () => 'text' },
      })),
      ...named('template', resources, (access, at) => ({
        access,
        uri: `notes://of/${at}/{id}`,
        module: { variables: { id: z.string() }, read: () => 'text' },
      })),
      ...(lists
        ? {
            listing: {
              access: lists,
              uri: 'notes://mine/{id}',
              module: { variables: { id: z.string() }, read: () => 'text', list: () => [] },
            },
          }
        : {}),
    },
  }
  const own = named('tool', tools, (access): SampleTool => ({ access, run: () => 'done' }))
  harness = await createHarness({ tools: own, offers })
}

async function hint(method: string, ask?: Ask): Promise<unknown> {
  const token = await harness.token({ scopes: ['notes:read'] })
  const { ttlMs, cacheScope } = (await modern(harness.app, method, {}, ask ?? { token })).body.result
  return [ttlMs, cacheScope]
}

describe('a list is for a shared cache only where nobody gets another one, or none', () => {
  test('CA-06: one thing that is public opens the list to everybody: public', async () => {
    const some = [PUBLIC, LOGIN, SCOPE]
    await serve({ tools: some, prompts: some, resources: some })
    for (const method of ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list']) {
      expect([method, await hint(method)]).toEqual([method, FOR_EVERYBODY])
      expect([method, await hint(method, {})]).toEqual([method, FOR_EVERYBODY])
    }
    expect(await hint('server/discover')).toEqual(FOR_EVERYBODY)
  })

  test('and what it says is really the same for everybody', async () => {
    await serve({ tools: [PUBLIC, LOGIN, SCOPE] })
    const low = { token: await harness.token({ scopes: ['notes:read'], subject: 'ada' }) }
    const high = { token: await harness.token({ scopes: ['notes:write'], subject: 'grace' }) }
    const texts = await Promise.all(
      [{}, low, high].map(async (ask) => (await modern(harness.app, 'tools/list', {}, ask)).text),
    )
    expect(new Set(texts).size).toBe(1)
  })

  test('a list that is told only after a login is private: a shared cache would tell it to anybody', async () => {
    const some = [LOGIN, SCOPE]
    await serve({ tools: some, prompts: some, resources: some })
    for (const method of ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list']) {
      expect([method, await hint(method)]).toEqual([method, FOR_THIS_CALLER])
      expect((await modern(harness.app, method, {}, {})).status).toBe(401)
    }
    expect(await hint('server/discover')).toEqual(FOR_THIS_CALLER)
  })

  test('CA-06: one hidden tool makes the list private and of the moment, for who sees it and for who does not', async () => {
    await serve({ tools: [PUBLIC, HIDDEN], prompts: [PUBLIC], resources: [PUBLIC] })
    const high = { token: await harness.token({ scopes: ['notes:write'] }) }
    for (const ask of [undefined, {}, high]) expect(await hint('tools/list', ask)).toEqual(OF_THE_MOMENT)
    // The others do not depend on it.
    expect(await hint('prompts/list')).toEqual(FOR_EVERYBODY)
    expect(await hint('resources/list')).toEqual(FOR_EVERYBODY)
  })

  test.each([
    ['prompts/list', { prompts: [PUBLIC, HIDDEN] }],
    ['resources/list', { resources: [PUBLIC, HIDDEN] }],
    ['resources/templates/list', { resources: [PUBLIC, HIDDEN] }],
  ])('%s with something hidden is private', async (method, offered) => {
    await serve({ tools: [PUBLIC], ...offered })
    expect(await hint(method)).toEqual(OF_THE_MOMENT)
    expect(await hint('tools/list')).toEqual(FOR_EVERYBODY)
  })

  test('CA-06: one tool that is for some callers alone makes the list private and of the moment', async () => {
    await serve({ tools: [PUBLIC, { ...LOGIN, onlyFor: { clientIds: ['desk'] } }] })
    for (const ask of [undefined, {}]) expect(await hint('tools/list', ask)).toEqual(OF_THE_MOMENT)
  })

  test('a kind with nothing public is private beside a public one of another kind', async () => {
    await serve({ tools: [PUBLIC], prompts: [LOGIN], resources: [SCOPE] })
    expect(await hint('tools/list')).toEqual(FOR_EVERYBODY)
    expect(await hint('prompts/list')).toEqual(FOR_THIS_CALLER)
    expect(await hint('resources/list')).toEqual(FOR_THIS_CALLER)
  })

  test('resources that a template lists are the caller’s: the list is private, that of the templates is not', async () => {
    await serve({ tools: [LOGIN], resources: [PUBLIC], lists: LOGIN })
    expect(await hint('resources/list')).toEqual(OF_THE_MOMENT)
    expect(await hint('resources/templates/list')).toEqual(FOR_EVERYBODY)
  })

  test('what only ChatGPT is told is private', async () => {
    await serve({ tools: [PUBLIC] })
    const ask = { headers: { 'user-agent': 'openai-mcp/1.0.0' } }
    expect(await hint('tools/list', ask)).toEqual([60_000, 'private'])
  })

  test('what a resource holds is never for a shared cache', async () => {
    await serve({ tools: [PUBLIC], resources: [PUBLIC] })
    const { body } = await modern(harness.app, 'resources/read', { uri: 'notes://fixed/0' })
    expect([body.result.ttlMs, body.result.cacheScope]).toEqual(OF_THE_MOMENT)
  })

  test('CA-07: a list that is public opens nothing', async () => {
    await serve({ tools: [PUBLIC, SCOPE] })
    expect((await modern(harness.app, 'tools/call', { name: 'tool_1' }, {})).status).toBe(401)
    const low = { token: await harness.token({ scopes: ['notes:read'] }) }
    expect((await modern(harness.app, 'tools/call', { name: 'tool_1' }, low)).status).toBe(403)
  })

  test('the older revisions know no hints', async () => {
    await serve({ tools: [PUBLIC] })
    const { result } = (await legacy(harness.app, 'tools/list')).body
    expect(Object.keys(result)).toEqual(['tools'])
  })
})
