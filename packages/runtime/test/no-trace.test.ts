import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ActiveAnswers } from '../src/token/active-answers.js'
import {
  type Answer,
  createHarness,
  type Harness,
  INITIALIZE,
  legacy,
  modern,
  parseChallenge,
  post,
  send,
} from './support/harness.js'

let harness: Harness
beforeAll(async () => {
  harness = await createHarness()
})
afterAll(() => harness.close())

/** One answer of every kind that there is. */
async function answersOfEveryKind(token: string): Promise<readonly Answer[]> {
  const deleteNote = { name: 'delete_note', arguments: { id: '11111111-1111-4111-8111-111111111111' } }
  return [
    await post(harness.app, INITIALIZE, { token }),
    await modern(harness.app, 'tools/call', { name: 'whoami' }, { token }),
    await legacy(harness.app, 'tools/call', { name: 'whoami' }, { token }),
    await modern(harness.app, 'tools/call', deleteNote, { token }),
    await modern(harness.app, 'tools/call', { name: 'complain' }, { token }),
    await modern(harness.app, 'tools/list', {}, { token: `${token}x` }),
    await modern(harness.app, 'tools/list'),
    await send(harness.app, { method: 'GET' }, { token }),
    await send(harness.app, { method: 'DELETE' }, { token }),
    await send(harness.app, { method: 'GET' }, { url: '/.well-known/oauth-protected-resource/mcp' }),
    await send(harness.app, { method: 'GET' }, { url: '/healthz' }),
    await send(harness.app, { method: 'GET' }, { url: '/readyz' }),
  ]
}

describe('a token', () => {
  test('TK-17: is in no cookie, no address and no body that the server sends', async () => {
    const token = await harness.token()
    for (const { headers, text } of await answersOfEveryKind(token)) {
      expect(headers).not.toHaveProperty('set-cookie')
      expect(headers).not.toHaveProperty('location')
      expect(JSON.stringify(headers) + text).not.toContain(token)
    }
  })

  test('TK-18: that expired is refused, whatever was opened with it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const token = await harness.token({ expiresIn: 60 })
    const opened = await post(harness.app, INITIALIZE, { token })
    expect(opened.status).toBe(200)
    const session = opened.headers['mcp-session-id']
    const headers = session === undefined ? {} : { 'mcp-session-id': String(session) }
    expect((await legacy(harness.app, 'tools/list', {}, { token, headers })).status).toBe(200)
    vi.setSystemTime(Date.now() + 70_000)
    const answer = await legacy(harness.app, 'tools/list', {}, { token, headers })
    vi.useRealTimers()
    expect(answer.status).toBe(401)
    expect(parseChallenge(answer).error).toBe('invalid_token')
  })

  test('TK-15: is not in what is remembered of it: neither in the key nor in the claims', async () => {
    const set = vi.spyOn(ActiveAnswers.prototype, 'set')
    const opaque = await createHarness({ form: 'opaque' })
    const token = await opaque.token()
    const claims = { active: true, sub: 'ada', client_id: 'c', aud: 'https://notes.example.com/mcp' }
    opaque.issuer.answerIntrospection({
      status: 200,
      body: JSON.stringify({ ...claims, access_token: token, ext: { list: [token] } }),
    })
    expect((await modern(opaque.app, 'tools/call', { name: 'whoami' }, { token })).status).toBe(200)
    expect(set).toHaveBeenCalledOnce()
    expect(JSON.stringify(set.mock.calls)).not.toContain(token)
    set.mockRestore()
    await opaque.close()
  })
})

test('TK-21: jose verifies signatures, and nothing else of ours does', () => {
  const folder = fileURLToPath(new URL('../src', import.meta.url))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const using = (module: RegExp): string[] =>
    files
      .filter((name) => module.test(readFileSync(join(folder, name), 'utf8')))
      .map((name) => name.replaceAll('\\', '/'))
      .sort()
  expect(using(/from 'jose'/)).toEqual(['token/client-authentication.ts', 'token/key-set.ts', 'token/verify-jwt.ts'])
  expect(using(/\b(?:createVerify|createSign|createHmac|subtle)\b/)).toEqual([])
})

describe('a challenge', () => {
  test('PR-04, PR-05: is Bearer, with a realm and an address that answers with the metadata', async () => {
    for (const token of [undefined, 'garbage']) {
      const challenge = parseChallenge(await post(harness.app, INITIALIZE, { token }))
      expect(challenge.realm).toBe('notes')
      const { pathname, protocol } = new URL(challenge.resource_metadata ?? '')
      expect(protocol).toBe('https:')
      expect((await send(harness.app, { method: 'GET' }, { url: pathname })).status).toBe(200)
    }
  })

  test('PR-17: says nothing twice, and keeps to its characters, whatever it is about', async () => {
    const token = await harness.token({ scopes: ['notes:read'] })
    const answers = (await answersOfEveryKind(token)).filter(({ headers }) => 'www-authenticate' in headers)
    expect(answers.length).toBeGreaterThanOrEqual(3)
    // Reading it strictly is the test: `parseChallenge` fails on a repeated parameter and on any other character.
    for (const answer of answers) expect(Object.keys(parseChallenge(answer))).toContain('resource_metadata')
  })

  test('SC-04, SC-05: asks for the baseline, never for everything, and so does the metadata', async () => {
    expect(parseChallenge(await post(harness.app, INITIALIZE)).scope).toBe('notes:read')
    const metadata = await send(harness.app, { method: 'GET' }, { url: '/.well-known/oauth-protected-resource' })
    expect(metadata.body.scopes_supported).toEqual(['notes:read'])
  })

  test('SC-15: is what is held and what is needed, for every tool alike', async () => {
    const token = await harness.token({ scopes: ['notes:export'] })
    const scopeFor = async (name: string): Promise<string | undefined> =>
      parseChallenge(await modern(harness.app, 'tools/call', { name }, { token })).scope
    expect(await scopeFor('read_notes')).toBe('notes:read notes:export')
    expect(await scopeFor('export_notes')).toBe('notes:read notes:export')
    expect(await scopeFor('delete_note')).toBe('notes:export notes:write')
  })

  test('SC-23: is not there when no scope would help', async () => {
    const token = await harness.token({ scopes: ['notes:read', 'notes:write', 'notes:export'] })
    const answer = await modern(harness.app, 'tools/call', { name: 'complain' }, { token })
    expect([answer.status, answer.body.result.isError]).toEqual([200, true])
    expect(answer.headers).not.toHaveProperty('www-authenticate')
    expect(answer.text).not.toContain('insufficient_scope')
  })

  test('SC-25: a token with the baseline alone lists everything, and calls what needs no more', async () => {
    const token = await harness.token({ scopes: ['notes:read'] })
    expect((await modern(harness.app, 'tools/list', {}, { token })).status).toBe(200)
    expect((await modern(harness.app, 'tools/call', { name: 'read_notes' }, { token })).status).toBe(200)
  })
})
