// What the documentation shows of the server's answers is what it answers.
// UPDATE_GOLDEN=1 writes the files anew.
import { readFile, writeFile } from 'node:fs/promises'
import { STATUS_CODES } from 'node:http'
import { BrowserlessProvider } from '@mcp-secure/testing'
import { auth } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Running, start } from './support/running.js'

let running: Running
let token: string

beforeAll(async () => {
  running = await start()
  token = await logIn(running.environment.MCP_RESOURCE)
})

afterAll(() => running.close())

async function logIn(resource: string): Promise<string> {
  const provider = new BrowserlessProvider({ user: 'ada' })
  await auth(provider, { serverUrl: resource, scope: 'notes:read' })
  const { searchParams } = provider.callback
  await auth(provider, {
    serverUrl: resource,
    authorizationCode: searchParams.get('code') ?? '',
    ...(searchParams.get('iss') === null ? {} : { iss: searchParams.get('iss') ?? '' }),
  })
  const access = provider.tokens()?.access_token
  if (access === undefined) throw new Error('the login gave no token')
  return access
}

const call = (name: string, input: object) => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: input },
})
const DELETE = call('delete_note', { id: '6e9b3c1e-5d0f-4c8e-9a34-3a0f6c1d2b7e' })

const answers: readonly (readonly [file: string, request: () => Parameters<typeof ask>])[] = [
  ['metadata', () => ['GET', '/.well-known/oauth-protected-resource/mcp']],
  ['no-token', () => ['POST', '/mcp', { body: DELETE }]],
  ['bad-token', () => ['POST', '/mcp', { body: DELETE, authorization: 'Bearer of-somebody-else' }]],
  ['missing-scope', () => ['POST', '/mcp', { body: DELETE, authorization: `Bearer ${token}` }]],
  ['wrong-arguments', () => ['POST', '/mcp', { body: call('read_note', { id: 7 }), authorization: `Bearer ${token}` }]],
  ['wrong-host', () => ['POST', '/mcp', { body: DELETE, host: 'evil.example' }]],
  ['wrong-origin', () => ['POST', '/mcp', { body: DELETE, origin: 'https://evil.example' }]],
  ['health', () => ['GET', '/healthz']],
  ['ready', () => ['GET', '/readyz']],
]

it.each(answers)('docs/examples/answers/%s.http is what the server answers', async (name, request) => {
  const file = new URL(`../../../docs/examples/answers/${name}.http`, import.meta.url)
  const text = await ask(...request())
  if (process.env.UPDATE_GOLDEN === '1') await writeFile(file, text)
  expect((await readFile(file, 'utf8')).replaceAll('\r\n', '\n')).toBe(text)
})

/** Status, the headers that matter, and the body, with the ports that the examples have elsewhere. */
async function ask(
  method: 'GET' | 'POST',
  url: string,
  { body, ...headers }: { body?: object; authorization?: string; host?: string; origin?: string } = {},
): Promise<string> {
  const accept = 'application/json, text/event-stream'
  const answer = await running.server.inject({
    method,
    url,
    headers: { accept, 'mcp-protocol-version': '2025-11-25', ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
  const shown = ['www-authenticate', 'cache-control', 'content-type'].flatMap((header) => {
    const value = answer.headers[header]
    return value === undefined ? [] : [`${header}: ${value}`]
  })
  const head = [`HTTP/1.1 ${answer.statusCode} ${STATUS_CODES[answer.statusCode]}`, ...shown]
  const { MCP_RESOURCE: resource, MCP_AUTH_ISSUER: issuer } = running.environment
  return `${head.join('\n')}\n\n${answer.body.trim()}\n`
    .replaceAll(new URL(resource).host, 'localhost:3000')
    .replaceAll(new URL(issuer).host, 'localhost:4000')
}
