import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { StateSeal } from '../src/mcp/ask/state-seal.js'
import { BY_NAME, cursorsOf, MOST_ON_A_PAGE, type Position, pageFrom, positionOf } from '../src/mcp/page.js'
import type { SampleTool } from './support/definition.js'
import { type Answer, type Ask, createHarness, type Harness, legacy, modern } from './support/harness.js'

const ERAS = [modern, legacy]
const EXTRA = 7
const count = MOST_ON_A_PAGE + EXTRA

const name = (index: number): string => `item_${String(index).padStart(4, '0')}`
const all = Array.from({ length: count }, (_, index) => name(index))

describe('a list that is longer than a page', () => {
  let harness: Harness
  let listed = all
  const listRuns: string[] = []

  beforeAll(async () => {
    const tool = (index: number): SampleTool => ({
      // The second one, and the last of what would be the first page, are hidden from who lacks the scope.
      access:
        index === 1 || index === MOST_ON_A_PAGE - 1
          ? { access: 'scopes', scopes: ['notes:export'], whenDenied: 'hide' }
          : { access: 'authenticated' },
      run: () => 'done',
    })
    const prompt = { access: { access: 'authenticated' } as const, module: { run: () => 'Do.' } }
    const template = (index: number): object => ({
      access: { access: 'authenticated' },
      uri: `notes://${name(index)}/{id}`,
      module: { variables: { id: z.string() }, read: () => undefined },
    })
    harness = await createHarness({
      tools: Object.fromEntries(all.map((each, index) => [each, tool(index)])),
      offers: {
        prompts: Object.fromEntries(all.map((each) => [each, prompt])),
        resources: {
          ...Object.fromEntries(all.map((each, index) => [each, template(index)])),
          note: {
            access: { access: 'scopes', scopes: ['notes:read'] },
            uri: 'notes://note/{id}',
            module: {
              variables: { id: z.string() },
              read: () => undefined,
              list: ({ caller }: { caller: { subject: string } }) => {
                listRuns.push(caller.subject)
                return listed.map((id) => ({ variables: { id } }))
              },
            },
          },
        } as never,
      },
    })
  })
  afterAll(() => harness.close())

  const ask = async (subject: string, ...scopes: string[]): Promise<Ask> => ({
    token: await harness.token({ subject, scopes: ['notes:read', ...scopes] }),
  })
  const keyOf: Readonly<Record<string, string>> = {
    'tools/list': 'tools',
    'prompts/list': 'prompts',
    'resources/list': 'resources',
    'resources/templates/list': 'resourceTemplates',
  }
  const names = (method: string, { body }: Answer): string[] =>
    body.result[keyOf[method] ?? ''].map((item: { name: string }) => item.name)

  async function pages(call: typeof modern, method: string, who: Ask): Promise<Answer[]> {
    const answers: Answer[] = []
    let cursor: string | undefined
    do {
      const answer = await call(harness.app, method, cursor === undefined ? {} : { cursor }, who)
      expect(answer.body.error).toBeUndefined()
      answers.push(answer)
      cursor = answer.body.result.nextCursor
    } while (cursor !== undefined)
    return answers
  }

  test.each(Object.keys(keyOf))('%s: two pages hold each item once, in order, in both eras', async (method) => {
    const who = await ask('ada', 'notes:export')
    for (const call of ERAS) {
      const [first, second, ...more] = await pages(call, method, who)
      expect(more).toEqual([])
      if (first === undefined || second === undefined) throw new Error('There are not two pages.')
      expect(names(method, first)).toHaveLength(MOST_ON_A_PAGE)
      const whole = [...names(method, first), ...names(method, second)]
      expect(whole).toEqual([...all, ...(method === 'resources/templates/list' ? ['note'] : [])])
    }
  })

  test('CA-04: every page of a list has the same cache hint', async () => {
    for (const method of Object.keys(keyOf)) {
      const hints = (await pages(modern, method, await ask('ada'))).map(({ body: { result } }) => [
        result.ttlMs,
        result.cacheScope,
      ])
      expect(new Set(hints.map((hint) => JSON.stringify(hint))).size).toBe(1)
    }
  })

  test('a hidden item leaves no gap: who may not know of it gets full pages without it', async () => {
    const [first, second] = await pages(modern, 'tools/list', await ask('ada'))
    if (first === undefined || second === undefined) throw new Error('There are not two pages.')
    const visible = all.filter((_, index) => index !== 1 && index !== MOST_ON_A_PAGE - 1)
    expect(names('tools/list', first)).toEqual(visible.slice(0, MOST_ON_A_PAGE))
    expect(names('tools/list', second)).toEqual(visible.slice(MOST_ON_A_PAGE))
  })

  test('a cursor says nothing that can be read, not even after base64', async () => {
    for (const method of Object.keys(keyOf)) {
      const { nextCursor } = (await modern(harness.app, method, {}, await ask('ada'))).body.result
      for (const text of [nextCursor, Buffer.from(nextCursor, 'base64url').toString('latin1')]) {
        expect(text).not.toMatch(/item_|notes:|"at"|"last"/)
      }
    }
  })

  test.each(Object.keys(keyOf))('TO-27: %s refuses a cursor that is foreign or was changed', async (method) => {
    const mine = await ask('ada')
    const other = Object.keys(keyOf).find((each) => each !== method) ?? ''
    const { nextCursor: good } = (await modern(harness.app, method, {}, mine)).body.result
    const { nextCursor: ofOtherList } = (await modern(harness.app, other, {}, mine)).body.result
    const { nextCursor: ofGrace } = (await modern(harness.app, method, {}, await ask('grace'))).body.result
    const client = await harness.token({ subject: 'ada', scopes: ['notes:read'], clientId: 'another-client' })
    const { nextCursor: ofOtherClient } = (await modern(harness.app, method, {}, { token: client })).body.result
    const bad = [
      ofOtherList,
      ofGrace,
      ofOtherClient,
      `${good}A`,
      good.slice(0, -2),
      `${good.startsWith('A') ? 'B' : 'A'}${good.slice(1)}`,
      `${good}=`,
      '',
      'MTAw',
      JSON.stringify({ at: 500, last: 'x' }),
      '__proto__',
    ]
    listRuns.length = 0
    for (const call of ERAS) {
      for (const cursor of bad) {
        const answer = await call(harness.app, method, { cursor }, mine)
        expect([cursor, answer.body.error]).toEqual([cursor, { code: -32602, message: 'Unknown cursor' }])
      }
    }
    expect(listRuns).toEqual([])
    expect((await modern(harness.app, method, { cursor: good }, mine)).body.result).toBeDefined()
  })

  test('a cursor gives no rights: the page behind it is what its caller may know of now', async () => {
    const { nextCursor } = (await modern(harness.app, 'tools/list', {}, await ask('ada', 'notes:export'))).body.result
    const answer = await modern(harness.app, 'tools/list', { cursor: nextCursor }, await ask('ada'))
    expect(names('tools/list', answer)).toEqual(all.slice(MOST_ON_A_PAGE))
    const page = await modern(harness.app, 'resources/list', {}, await ask('ada'))
    const without = { token: await harness.token({ subject: 'ada', scopes: ['notes:export'] }) }
    const rest = await modern(harness.app, 'resources/list', { cursor: page.body.result.nextCursor }, without)
    expect(names('resources/list', rest)).toEqual([])
  })

  test('what changes between two pages is neither repeated nor left out', async () => {
    const who = await ask('ada')
    const first = await modern(harness.app, 'resources/list', {}, who)
    try {
      listed = ['new_a', 'new_b', ...all]
      const rest = await modern(harness.app, 'resources/list', { cursor: first.body.result.nextCursor }, who)
      expect(names('resources/list', rest)).toEqual(all.slice(MOST_ON_A_PAGE))
      listed = all.slice(100)
      const fewer = await modern(harness.app, 'resources/list', { cursor: first.body.result.nextCursor }, who)
      expect(names('resources/list', fewer)).toEqual(all.slice(MOST_ON_A_PAGE))
      listed = []
      const none = await modern(harness.app, 'resources/list', { cursor: first.body.result.nextCursor }, who)
      expect(none.body.result).toMatchObject({ resources: [] })
      expect(none.body.result).not.toHaveProperty('nextCursor')
    } finally {
      listed = all
    }
  })
})

describe('a page', () => {
  const seal = new StateSeal(new Uint8Array(32).fill(7))
  const cursors = cursorsOf('resources/list', false, { seal, identity: undefined })
  const key = { of: (item: string): string => item, sorted: false }

  test('a list of exactly one page has no cursor', () => {
    const page = pageFrom(all.slice(0, MOST_ON_A_PAGE), key, { at: 0, last: null }, cursors)
    expect(page.items).toHaveLength(MOST_ON_A_PAGE)
    expect(page.next).toEqual({})
  })

  test('a list that says the same thing over and over comes to its end', () => {
    const same = Array.from({ length: 2 * MOST_ON_A_PAGE + 1 }, () => 'same')
    let position: Position = { at: 0, last: null }
    const sizes: number[] = []
    for (;;) {
      const { items, next } = pageFrom(same, key, position, cursors)
      sizes.push(items.length)
      if (next.nextCursor === undefined) break
      position = positionOf(next.nextCursor, cursors)
    }
    expect(sizes).toEqual([MOST_ON_A_PAGE, MOST_ON_A_PAGE, 1])
  })

  test('what is handed out is a copy', () => {
    const items = [{ name: 'a' }]
    const page = pageFrom(items, BY_NAME, { at: 0, last: null }, cursors)
    expect(page.items).toEqual(items)
    expect(page.items[0]).not.toBe(items[0])
  })

  test('a cursor of another process with another key is unknown', () => {
    const other = { ...cursors, seal: new StateSeal(new Uint8Array(32).fill(8)) }
    const { next } = pageFrom(all, key, { at: 0, last: null }, other)
    expect(() => positionOf(next.nextCursor, cursors)).toThrow('Unknown cursor')
  })
})
