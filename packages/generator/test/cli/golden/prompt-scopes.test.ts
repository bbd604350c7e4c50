import { serverFactory } from '@mcp-secure/runtime'
import { createTestIssuer, type TestIssuer } from '@mcp-secure/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { definition } from '../generated/server.gen.js'

// The whole server, except that it trusts an issuer of this test, which makes whatever token is asked for.
const resource = 'http://localhost:3000/mcp'
let issuer: TestIssuer
let server: Awaited<ReturnType<ReturnType<typeof serverFactory>>>

beforeAll(async () => {
  issuer = await createTestIssuer({ audience: resource })
  const issuers = [{ issuer: issuer.issuer, tokens: { form: 'jwt', typ: 'at+jwt' } }] as const
  const create = serverFactory({ ...definition, policy: { ...definition.policy, resource, issuers } })
  server = await create({ logger: false, environment: { NODE_ENV: 'test' } })
})

afterAll(async () => {
  await server.close()
  await issuer.stop()
})

function send(token?: string) {
  return server.inject({
    method: 'POST',
    url: '/mcp',
    headers: {
      accept: 'application/json, text/event-stream',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    payload: {
      jsonrpc: '2.0',
      id: 1,
      method: 'prompts/get',
      params: { name: 'delete_note', arguments: { topic: 'hello' } },
    },
  })
}

it('answers a caller who has notes:read and notes:write', async () => {
  const answer = await send(await issuer.issue({ subject: 'ada', scopes: ['notes:read', 'notes:write'] }))
  expect(answer.statusCode).toBe(200)
  expect(answer.body).toContain('Tell me about hello.')
  expect(answer.body).not.toContain('"isError":true')
})

it('asks for a login without a token, and with one that is not good for this server', async () => {
  const foreign = await issuer.issue({ audience: 'https://other.example/mcp', scopes: ['notes:read', 'notes:write'] })
  expect((await send()).statusCode).toBe(401)
  expect((await send(foreign)).statusCode).toBe(401)
})

it('names notes:read and notes:write to a caller who has no scope', async () => {
  const answer = await send(await issuer.issue({ subject: 'ada', scopes: [] }))
  expect(answer.statusCode).toBe(403)
  expect(answer.headers['www-authenticate']).toContain('scope="notes:read notes:write"')
})
