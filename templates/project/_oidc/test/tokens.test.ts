// Tokens that look right and are not: the guard refuses each before a tool hears of it.
import { createTestIssuer, type TestIssuer, tampered } from '@mcp-secure/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { policy } from '../generated/policy.gen.js'
import { post } from './client.js'
import { type RunningServer, startServer } from './running-server.js'

/** A tool that not everybody may call, and every scope that there is. */
const [tool = ''] = Object.entries(policy.tools).find(([, { access }]) => access === 'scopes') ?? []
const scopes = Object.keys(policy.scopes)

let server: RunningServer
let stranger: TestIssuer

beforeAll(async () => {
  server = await startServer()
  stranger = await createTestIssuer({ audience: server.resource.href })
})

afterAll(async () => {
  await server.stop()
  await stranger.stop()
})

it('a good token gets as far as the tool', async () => {
  expect((await post(server.resource, tool, {}, await server.token('ada', scopes))).status).toBe(200)
})

it('a token with another signature is refused', async () => {
  const token = tampered(await server.token('ada', scopes))
  expect((await post(server.resource, tool, {}, token)).status).toBe(401)
})

it('a token of an issuer that nobody named is refused', async () => {
  expect((await post(server.resource, tool, {}, await stranger.issue({ scopes }))).status).toBe(401)
})
