import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Ask,
  createHarness,
  type Harness,
  INITIALIZE,
  legacy,
  modern,
  parseChallenge,
  post,
  send,
} from './support/harness.js'

const METADATA = 'https://notes.example.com/.well-known/oauth-protected-resource/mcp'
const CHATGPT = { 'user-agent': 'openai-mcp/1.0.0' }
const now = (): number => Math.floor(Date.now() / 1000)

describe('challenges as clients act on them', () => {
  let harness: Harness
  const runs: string[] = []
  const run = (name: string) => () => {
    runs.push(name)
    return name
  }
  beforeAll(async () => {
    harness = await createHarness({
      tools: {
        about: { access: { access: 'public' }, run: run('about') },
        whoami: { access: { access: 'authenticated' }, run: run('whoami') },
        write: { access: { access: 'scopes', scopes: ['notes:write'] }, run: run('write') },
        share: { access: { access: 'any-of', anyOf: [['notes:export'], ['notes:write']] }, run: run('share') },
        erase: { access: { access: 'authenticated', freshLogin: { maxAgeSeconds: 60 } }, run: run('erase') },
        purge: { access: { access: 'scopes', scopes: ['notes:write'], whenDenied: 'hide' }, run: run('purge') },
      },
    })
  })
  beforeEach(() => {
    runs.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  const call = (name: string, ask: Ask = {}, via = modern) => via(harness.app, 'tools/call', { name }, ask)

  test('Q1: HEAD is answered like GET and POST, without a body', async () => {
    const [get, head, posted] = [
      await send(harness.app, { method: 'GET' }, {}),
      await send(harness.app, { method: 'HEAD' }, {}),
      await post(harness.app, { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami' } }),
    ]
    expect(new Set([get, head, posted].map(({ status }) => status))).toEqual(new Set([401]))
    expect(new Set([get, head, posted].map(({ headers }) => headers['www-authenticate'])).size).toBe(1)
    expect(head.text).toBe('')
  })

  test('Q2: every refusal has one challenge, which begins with Bearer, and the address right among its first', async () => {
    const token = await harness.token()
    for (const answer of [
      await call('whoami'),
      await call('write', { token }),
      await call('erase', { token }),
      await call('whoami', { token: 'bad' }),
    ]) {
      expect(String(answer.headers['www-authenticate'])).toMatch(/^Bearer [a-z_]+="/)
      expect(String(answer.headers['www-authenticate']).match(/Bearer/g)).toHaveLength(1)
      // What the TypeScript SDK reads it with.
      expect(/resource_metadata="([^"]+)"/.exec(String(answer.headers['www-authenticate']))?.[1]).toBe(METADATA)
    }
  })

  test.each([
    ['a parameter in it', 'notes", error="x", scope=all', 'notes errorx scopeall'],
    ['a line break', 'notes\r\nX-Evil: 1', 'notesX-Evil: 1'],
    ['a backslash', 'my notes\\', 'my notes'],
    ['letters beyond ASCII', 'Заметки', undefined],
  ])('Q2: a server whose name has %s has one well-formed challenge all the same', async (_what, name, realm) => {
    const one = await createHarness({
      baseline: false,
      tools: { write: { access: { access: 'scopes', scopes: ['notes:write'] }, run: run('write') } },
      more: ({ policy, ...rest }) => ({ ...rest, policy: { ...policy, server: { ...policy.server, name } } }),
    })
    const asked = (ask: Ask) => modern(one.app, 'tools/call', { name: 'write' }, ask)
    for (const ask of [{}, { token: await one.token() }, { token: 'bad' }]) {
      const answer = await asked(ask)
      expect(parseChallenge(answer)).toMatchObject({
        resource_metadata: METADATA,
        ...(realm === undefined ? {} : { realm }),
      })
      expect(String(answer.headers['www-authenticate'])).not.toMatch(/error="?x|scope="?all|realm=""/)
      expect(answer.headers).not.toHaveProperty('x-evil')
    }
    // What the TypeScript SDK reads the error with.
    expect(/error=(?:"([^"]+)"|([^\s,]+))/.exec(String((await asked({})).headers['www-authenticate']))).toBeNull()
    await one.close()
  })

  test('Q3: the address comes from the configuration, for a refusal of every kind', async () => {
    const headers = {
      host: 'notes.example.com:1234',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    }
    const token = await harness.token()
    for (const answer of [
      await call('whoami', { headers }),
      await call('write', { headers, token }),
      await call('erase', { headers, token }),
    ]) {
      expect(parseChallenge(answer).resource_metadata).toBe(METADATA)
    }
  })

  test('Q5: the scope of a 401 is the same whatever was asked for, with a bad token and without', async () => {
    const scopes = new Set<string | undefined>()
    for (const ask of [{}, { token: 'bad' }]) {
      for (const name of ['whoami', 'write', 'share', 'purge', 'nothing'])
        scopes.add(parseChallenge(await call(name, ask)).scope)
    }
    expect([...scopes]).toEqual(['notes:read'])
  })

  test('Q26: a 403 names all that is needed together with what is held, the same each time', async () => {
    const token = await harness.token({ scopes: ['notes:export'] })
    const answers = [
      await call('write', { token }),
      await call('write', { token }, legacy),
      await call('write', { token }),
    ]
    expect(new Set(answers.map((answer) => parseChallenge(answer).scope))).toEqual(
      new Set(['notes:export notes:write']),
    )
  })

  test('Q29: a probe by server/discover is answered, or asked to log in, and never 5xx', async () => {
    expect((await modern(harness.app, 'server/discover')).status).toBe(200)
    const strict = await createHarness()
    expect((await modern(strict.app, 'server/discover')).status).toBe(401)
    expect((await modern(strict.app, 'server/discover', {}, { token: await strict.token() })).status).toBe(200)
    await strict.close()
  })

  test('Q30: what comes after a login succeeds', async () => {
    const token = await harness.token()
    expect((await post(harness.app, INITIALIZE, { token })).status).toBe(200)
    expect((await legacy(harness.app, 'tools/list', {}, { token })).status).toBe(200)
  })

  describe('Q28: for ChatGPT', () => {
    test.each([
      { who: 'by its name', headers: CHATGPT },
      { who: 'by a header of its own', headers: { 'x-openai-session': 'v1/abc' } },
    ])('a refusal is the result of the call, with the challenge in it: known $who', async ({ headers }) => {
      const token = await harness.token({ scopes: ['notes:read'] })
      const cases = [
        {
          name: 'whoami',
          ask: { headers },
          says: 'error="insufficient_scope", error_description="A login is needed", scope="notes:read"',
        },
        {
          name: 'write',
          ask: { headers, token },
          says: 'error="insufficient_scope", error_description="The access token lacks the scope notes:write", scope="notes:read notes:write"',
        },
        {
          name: 'erase',
          ask: { headers, token },
          says: 'error="insufficient_user_authentication", error_description="A more recent login is needed", max_age="60", scope="notes:read"',
        },
      ]
      for (const { name, ask, says } of cases) {
        for (const via of [modern, legacy]) {
          const answer = await call(name, ask, via)
          expect(answer.status).toBe(200)
          expect(answer.headers).not.toHaveProperty('www-authenticate')
          expect(answer.body).toMatchObject({
            jsonrpc: '2.0',
            id: 1,
            result: { isError: true, content: [{ type: 'text' }] },
          })
          expect(answer.body.result._meta['mcp/www_authenticate']).toEqual([
            `Bearer ${says}, resource_metadata="${METADATA}", realm="notes"`,
          ])
        }
      }
      expect(runs).toEqual([])
    })

    test('the decision is the same: what is recorded, and what runs', async () => {
      const token = await harness.token({ scopes: ['notes:read'] })
      const records = async (headers: Record<string, string>): Promise<unknown> => {
        for (const name of ['whoami', 'about', 'nothing']) await call(name, { headers })
        for (const name of ['whoami', 'write', 'share', 'erase', 'purge', 'nothing'])
          await call(name, { headers, token })
        return [harness.audits(), runs.splice(0)]
      }
      const plain = await records({})
      expect(await records(CHATGPT)).toEqual(plain)
      expect(plain).toMatchObject([expect.anything(), ['about', 'whoami']])
    })

    test('a bad token is 401, which makes it refresh, and a server without public tools asks by 401', async () => {
      for (const via of [modern, legacy]) {
        const answer = await call('whoami', { headers: CHATGPT, token: 'bad' }, via)
        expect([answer.status, parseChallenge(answer).error]).toEqual([401, 'invalid_token'])
      }
      const strict = await createHarness()
      expect((await modern(strict.app, 'tools/call', { name: 'whoami' }, { headers: CHATGPT })).status).toBe(401)
      await strict.close()
    })

    test('what is hidden is like what there is not, in this form too', async () => {
      const token = await harness.token({ scopes: ['notes:read'] })
      for (const ask of [{ headers: CHATGPT }, { headers: CHATGPT, token }]) {
        const [hidden, unknown] = [await call('purge', ask), await call('nothing', ask)]
        expect([hidden.status, hidden.text]).toEqual([unknown.status, unknown.text])
      }
    })

    test('a batch, a list and a notification are refused as for everybody', async () => {
      const message = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'whoami' } }
      for (const body of [[{ ...message, id: 1 }], message, { ...message, id: 1, method: 'resources/list' }]) {
        expect((await post(harness.app, body, { headers: CHATGPT })).status).toBe(401)
      }
    })

    test('others get 401 and 403, whatever they carry in their arguments', async () => {
      const params = { name: 'whoami', arguments: { clientInfo: { name: 'openai-mcp' } } }
      for (const headers of [{}, { 'user-agent': 'claude-code/2 (not openai-mcp)' }, { openai: 'x' }]) {
        expect((await modern(harness.app, 'tools/call', params, { headers })).status).toBe(401)
      }
    })

    test.each(['http', 'result'] as const)(
      'a policy says %s for everybody, and changes nothing else',
      async (denials) => {
        const issuer = harness.issuer
        const tools = {
          about: { access: { access: 'public' }, run: run('about') },
          whoami: { access: { access: 'authenticated' }, run: run('whoami') },
          write: { access: { access: 'scopes', scopes: ['notes:write'] }, run: run('write') },
          erase: { access: { access: 'authenticated', freshLogin: { maxAgeSeconds: 60 } }, run: run('erase') },
        } as const
        const one = await createHarness({ issuer, tools, denials })
        const told = (h: Harness) =>
          h.audits().map(({ decision, reason, tool, tools: named, needed, missing }) => ({
            decision,
            reason,
            tool,
            named,
            needed,
            missing,
          }))
        for (const token of [undefined, await harness.token(), await harness.token({ scopes: ['notes:write'] })]) {
          for (const name of Object.keys(tools)) {
            for (const headers of [{}, CHATGPT]) {
              const ask = { headers, ...(token === undefined ? {} : { token }) }
              // By who calls, the form that this policy says for everybody.
              const same = { ...ask, headers: denials === 'result' ? CHATGPT : {} }
              const [seen, byCaller] = [
                await modern(one.app, 'tools/call', { name }, ask),
                await modern(harness.app, 'tools/call', { name }, same),
              ]
              expect([seen.status, seen.text]).toEqual([byCaller.status, byCaller.text])
              expect(told(one)).toEqual(told(harness))
            }
          }
        }
        const lists = [{}, CHATGPT].map(async (headers) => (await modern(one.app, 'tools/list', {}, { headers })).text)
        for (const list of await Promise.all(lists)) expect(list.includes('securitySchemes')).toBe(denials === 'result')
        // What is no call, and a token that is bad, is a matter of HTTP in any form.
        expect((await modern(one.app, 'resources/list')).status).toBe(401)
        expect((await modern(one.app, 'tools/call', { name: 'whoami' }, { token: 'x.y.z' })).status).toBe(401)
        await one.app.close()
      },
    )

    test('the list says of each tool which login it needs, to ChatGPT alone', async () => {
      const token = await harness.token({ scopes: ['notes:write'], claims: { auth_time: now() } })
      const schemes = {
        about: [{ type: 'noauth' }],
        erase: [{ type: 'oauth2' }],
        purge: [{ type: 'oauth2', scopes: ['notes:write'] }],
        share: [{ type: 'oauth2', scopes: ['notes:export'] }],
        whoami: [{ type: 'oauth2' }],
        write: [{ type: 'oauth2', scopes: ['notes:write'] }],
      }
      for (const via of [modern, legacy]) {
        const { body } = await via(harness.app, 'tools/list', {}, { token, headers: CHATGPT })
        const told = (pick: (tool: Record<string, Record<string, unknown>>) => unknown) =>
          Object.fromEntries(
            body.result.tools.map((tool: Record<string, Record<string, unknown>>) => [tool.name, pick(tool)]),
          )
        expect(told((tool) => tool._meta?.securitySchemes)).toEqual(schemes)
        expect(told((tool) => tool.securitySchemes)).toEqual(schemes)
        expect((await via(harness.app, 'tools/list', {}, { token })).text).not.toContain('securitySchemes')
      }
      const hidden = await modern(harness.app, 'tools/list', {}, { headers: CHATGPT })
      expect(hidden.text).not.toContain('purge')
    })
  })
})
