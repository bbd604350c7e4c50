import { CookieJar } from '@mcp-secure/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { introspect, RawClient } from './support/client.js'
import { startServer, type TestServer } from './support/server.js'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterEach(() => void vi.useRealTimers())
afterAll(() => server.close())

/** Lets seconds pass for everything that asks what time it is. */
function pass(seconds: number): void {
  const now = Date.now()
  vi.useFakeTimers({ toFake: ['Date'], now: now + seconds * 1000 })
}

const seconds = (): number => Math.floor(Date.now() / 1000)

describe('the time of a login', () => {
  it('RFC 9470 section 6.2: stands in the answer about the token', async () => {
    const client = await RawClient.registered(server)
    const before = seconds()
    const { auth_time: authTime } = await introspect(server, (await client.tokens()).access_token)
    expect(authTime).toBeGreaterThanOrEqual(before)
    expect(authTime).toBeLessThanOrEqual(seconds())
  })

  it('does not grow younger by a refresh', async () => {
    const client = await RawClient.registered(server)
    const first = await client.tokens()
    const { auth_time: before } = await introspect(server, first.access_token)
    pass(400)
    const { body } = await client.refresh(first.refresh_token)
    expect(body.access_token).not.toBe(first.access_token)
    expect((await introspect(server, body.access_token)).auth_time).toBe(before)
    const again = await client.refresh(body.refresh_token)
    expect((await introspect(server, again.body.access_token)).auth_time).toBe(before)
  })

  it('does not grow younger by a login that the browser remembers', async () => {
    const client = await RawClient.registered(server)
    const cookies = new CookieJar()
    const first = await introspect(server, (await client.tokens({}, { cookies })).access_token)
    pass(400)
    const second = await introspect(server, (await client.tokens({}, { cookies })).access_token)
    expect(second.auth_time).toBe(first.auth_time)
  })

  it.each([{ scope: 'notes:read' }, { scope: 'openid notes:read' }])(
    'RFC 9470 section 4: with max_age the person logs in anew when it was too long ago: %j',
    async ({ scope }) => {
      const client = await RawClient.registered(server)
      const cookies = new CookieJar()
      const first = await introspect(server, (await client.tokens({ scope }, { cookies })).access_token)
      pass(400)
      const recent = await client.tokens({ scope, max_age: '500' }, { cookies })
      expect((await introspect(server, recent.access_token)).auth_time).toBe(first.auth_time)
      const fresh = await client.tokens({ scope, max_age: '300' }, { cookies })
      expect((await introspect(server, fresh.access_token)).auth_time).toBeGreaterThanOrEqual(seconds() - 1)
    },
  )
})
