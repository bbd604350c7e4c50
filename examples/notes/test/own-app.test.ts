import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOwnApp } from '../own-app.js'

let data: string
let app: Awaited<ReturnType<typeof createOwnApp>>

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'notes-own-app-'))
  process.env.NOTES_DATA = data
  app = await createOwnApp({
    NODE_ENV: 'test',
    MCP_RESOURCE: 'http://localhost:3000/mcp',
    MCP_INTROSPECTION_SECRET: 'never-sent-in-this-test',
  })
})

afterAll(async () => {
  await app.close()
  await rm(data, { recursive: true })
})

it('answers its own routes as before', async () => {
  const answer = await app.inject('/')
  expect(answer.json()).toEqual({ hello: 'from an app of my own' })
})

it('guards the MCP endpoint beside them', async () => {
  const answer = await app.inject({ method: 'POST', url: '/mcp' })
  expect(answer.statusCode).toBe(401)
  expect(answer.headers['www-authenticate']).toContain('/.well-known/oauth-protected-resource/mcp')
})
