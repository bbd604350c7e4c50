import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AccessPolicy, ResourceModule } from '../src/index.js'
import { createHarness, type Harness, INITIALIZE, legacy, modern, post } from './support/harness.js'

const [MINE, YOURS] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
const ruled: AccessPolicy = { access: 'scopes', scopes: ['notes:write'], authorize: true }

describe('a rule about the object itself', () => {
  let harness: Harness
  const runs: string[] = []
  const asked: Record<string, unknown>[] = []
  const rule = (answer: (id: string) => unknown) => (request: unknown) => {
    asked.push(request as Record<string, unknown>)
    return answer((request as { input: { id: string } }).input.id)
  }
  beforeAll(async () => {
    const tool = (name: string, answer: (id: string) => unknown, access = ruled) => ({
      access,
      input: z.object({ id: z.uuid() }),
      authorize: rule(answer),
      run() {
        runs.push(name)
        return 'done'
      },
    })
    const told = () => {
      throw Object.assign(new Error('That note is somebody else’s.'), { 'mcp-secure.tool-error': true })
    }
    const crash = () => {
      throw new Error('password=hunter2 at db.internal')
    }
    const read: ResourceModule['read'] = () => {
      runs.push('note')
      return 'text'
    }
    harness = await createHarness({
      services: { open: () => ({ notes: 'of the project' }) },
      tools: {
        edit: tool('edit', (id) => id === MINE),
        later: tool('later', async (id) => id === MINE),
        truthy: tool('truthy', () => 'yes'),
        silent: tool('silent', () => undefined),
        told: tool('told', told),
        crash: tool('crash', crash),
        rejects: tool('rejects', async () => crash()),
      },
      offers: {
        resources: {
          note: {
            uri: 'notes://note/{id}',
            access: ruled,
            module: { variables: { id: z.uuid() }, authorize: rule((id) => id === MINE), read },
          },
        },
        prompts: {
          review: {
            access: ruled,
            arguments: [{ name: 'id', required: true }],
            module: {
              arguments: z.object({ id: z.string() }),
              authorize: rule((id) => id === MINE),
              run() {
                runs.push('review')
                return 'Review it.'
              },
            },
          },
        },
      },
    })
  })
  beforeEach(() => {
    runs.length = 0
    asked.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  const ask = async (method: string, params: object, scopes = ['notes:write'], call = modern) =>
    call(harness.app, method, params, { token: await harness.token({ scopes, subject: 'ada' }) })
  const edit = (name: string, id: string, scopes?: string[], call = modern) =>
    ask('tools/call', { name, arguments: { id } }, scopes, call)

  test('it is asked with the parsed input, the caller and the services, and nothing else', async () => {
    for (const name of ['edit', 'later']) {
      const { body } = await edit(name, MINE)
      expect(body.result).toMatchObject({ content: [{ text: 'done' }] })
    }
    expect(runs).toEqual(['edit', 'later'])
    expect(asked[0]).toEqual({
      input: { id: MINE },
      caller: expect.objectContaining({ subject: 'ada', scopes: ['notes:read', 'notes:write'] }),
      services: { notes: 'of the project' },
    })
    expect(Object.isFrozen(asked[0])).toBe(true)
  })

  test.each([
    ['edit', 'You are not allowed to do this.'],
    ['later', 'You are not allowed to do this.'],
    ['truthy', 'You are not allowed to do this.'],
    ['silent', 'You are not allowed to do this.'],
    ['told', 'That note is somebody else’s.'],
    ['crash', 'The tool failed.'],
    ['rejects', 'The tool failed.'],
  ])('Q27: a refusal by %s is a tool error, never a 403, and the handler does not run', async (name, says) => {
    for (const call of [modern, legacy]) {
      const answer = await edit(name, YOURS, undefined, call)
      expect([answer.status, answer.body.result.isError]).toEqual([200, true])
      expect(answer.body.result.content[0].text).toContain(says)
      expect(answer.headers).not.toHaveProperty('www-authenticate')
      expect(answer.text).not.toContain('hunter2')
    }
    expect(runs).toEqual([])
  })

  test('it is not asked about who lacks a scope, who is not logged in, or what does not fit', async () => {
    expect((await edit('edit', MINE, ['notes:read'])).status).toBe(403)
    expect((await modern(harness.app, 'tools/call', { name: 'edit', arguments: { id: MINE } })).status).toBe(401)
    expect((await edit('edit', 'no uuid')).body.result.isError).toBe(true)
    expect((await ask('resources/read', { uri: `notes://note/${MINE}` }, ['notes:read'])).status).toBe(403)
    expect((await ask('prompts/get', { name: 'review', arguments: { id: MINE } }, [])).status).toBe(403)
    expect(asked).toEqual([])
    expect(runs).toEqual([])
  })

  test('a resource that is refused is answered like one that there is not', async () => {
    for (const call of [modern, legacy]) {
      expect((await ask('resources/read', { uri: `notes://note/${MINE}` }, undefined, call)).body).toHaveProperty(
        'result',
      )
      const refused = await ask('resources/read', { uri: `notes://note/${YOURS}` }, undefined, call)
      const unknown = await ask('resources/read', { uri: `notes://nope/${YOURS}` }, undefined, call)
      expect([refused.status, refused.text.replace('//note/', '//nope/')]).toEqual([unknown.status, unknown.text])
    }
    expect(runs).toEqual(['note', 'note'])
  })

  test('a prompt that is refused is an error of the protocol', async () => {
    const refused = await ask('prompts/get', { name: 'review', arguments: { id: YOURS } })
    expect(refused.body.error).toMatchObject({ code: -32602, message: 'You are not allowed to do this.' })
    expect(runs).toEqual([])
  })

  test('in a batch every call is asked about by itself', async () => {
    const call = (id: number, note: string): object => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'edit', arguments: { id: note } },
    })
    const token = await harness.token({ scopes: ['notes:write'] })
    const { body } = await post(harness.app, [call(1, MINE), call(2, YOURS)], { token })
    const refused = body.filter(({ result }: { result: { isError?: boolean } }) => result.isError === true)
    expect(refused.map(({ id }: { id: number }) => id)).toEqual([2])
    expect(body).toHaveLength(2)
    expect(runs).toEqual(['edit'])
  })

  test('the record says that it was not allowed', async () => {
    await edit('edit', YOURS)
    await ask('resources/read', { uri: `notes://note/${YOURS}` })
    expect(harness.audits()).toMatchObject([{ outcome: 'not-authorized' }, { outcome: 'not-authorized' }])
  })
})

const run = () => ''
const authorize = () => true
test.each([
  { what: 'in the policy alone', tool: { access: ruled, run }, problem: 'not in both' },
  {
    what: 'in the file alone',
    tool: { access: { access: 'authenticated' } as AccessPolicy, authorize, run },
    problem: 'not in both',
  },
  {
    what: 'on what is public',
    tool: { access: { access: 'public', authorize: true } as AccessPolicy, authorize, run },
    problem: 'is public',
  },
])('a rule $what does not start', async ({ tool, problem }) => {
  await expect(createHarness({ tools: { odd: tool } })).rejects.toThrow(problem)
})

test('a rule that never ends has the time of a handler, and then is a no', async () => {
  const access: AccessPolicy = { access: 'authenticated', authorize: true }
  const runs: string[] = []
  const never = () => new Promise<never>(() => {})
  const harness = await createHarness({
    limits: { secondsPerCall: 1 },
    tools: { edit: { access, authorize: never, run: () => runs.push('edit') } },
    offers: {
      resources: {
        note: {
          uri: 'notes://note',
          access: { ...access, subscribe: true },
          module: { authorize: never, subscribe: true, read: () => runs.push('note') },
        },
      },
      prompts: {},
    },
  })
  const token = await harness.token()
  const opened = await post(harness.app, INITIALIZE, { token })
  const headers = { 'mcp-session-id': String(opened.headers['mcp-session-id']) }
  const uri = 'notes://note'
  const [called, read, subscribed, listened] = await Promise.all([
    modern(harness.app, 'tools/call', { name: 'edit', arguments: {} }, { token }),
    modern(harness.app, 'resources/read', { uri }, { token }),
    legacy(harness.app, 'resources/subscribe', { uri }, { token, headers }),
    modern(harness.app, 'subscriptions/listen', { notifications: { resourceSubscriptions: [uri] } }, { token }),
  ])
  for (const { body } of [called, read]) expect(body.error.message).toBe('It did not end within 1 second.')
  expect(subscribed.body.error.message).toBe('Resource not found')
  expect(listened.text).not.toContain(uri)
  expect(runs).toEqual([])
  await harness.close()
})
