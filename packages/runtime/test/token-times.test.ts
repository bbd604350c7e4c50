import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { createHarness, type Harness, legacy } from './support/harness.js'

const now = Math.floor(Date.now() / 1000)

describe.each(['jwt', 'opaque'] as const)('a token (%s)', (form) => {
  let harness: Harness
  beforeAll(async () => {
    harness = await createHarness({ form })
  })
  afterAll(() => harness.close())

  const status = async (claims: Readonly<Record<string, unknown>>): Promise<number> => {
    const token = await harness.token({ claims })
    return (await legacy(harness.app, 'tools/list', {}, { token })).status
  }

  test('that was issued in the future is refused, and one by a clock that is a little ahead is not', async () => {
    expect(await status({ iat: now + 120 })).toBe(401)
    expect(harness.audits().map(({ fault }) => fault)).toEqual(['not-yet-valid'])
    expect(await status({ iat: now })).toBe(200)
    harness.audits()
  })
})

test('a number that is read as infinity is no time: the token would never expire', async () => {
  const harness = await createHarness({ form: 'opaque' })
  const answer = (exp: string) =>
    `{"active":true,"sub":"ada","client_id":"c","aud":"https://notes.example.com/mcp","exp":${exp}}`
  for (const [exp, status] of [
    ['1e400', 401],
    [String(now + 60), 200],
  ] as const) {
    harness.issuer.answerIntrospection({ status: 200, body: answer(exp) })
    const token = await harness.token()
    expect((await legacy(harness.app, 'tools/list', {}, { token })).status).toBe(status)
  }
  await harness.close()
})
