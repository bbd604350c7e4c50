// What `mcp-gen doctor` says of this example, where it runs with its authorization server.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Running, start } from './support/running.js'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))
const PROGRAM = fileURLToPath(new URL('../../../packages/generator/bin/mcp-gen.js', import.meta.url))

let running: Running
let environment: Running['environment']

beforeAll(async () => {
  running = await start()
  environment = running.environment
})

afterAll(() => running.close())

function doctor(...argv: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const options = { cwd: PROJECT, env: { ...process.env, ...environment } }
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, 'doctor', ...argv], options, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err })
    })
  })
}

it('every check is fine', async () => {
  const { code, out, err } = await doctor('--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const { url, groups } = JSON.parse(out) as {
    url: string
    groups: { title: string; findings: { check: string; state: string }[] }[]
  }
  expect(url).toBe(environment.MCP_RESOURCE)
  expect(groups.map(({ title, findings }) => [title, findings.map(({ check, state }) => `${state} ${check}`)])).toEqual(
    [
      ['The project notes 1.0.0', ['ok public']],
      [
        'The project trusts MCP_AUTH_ISSUER of the environment, in development http://localhost:4000',
        ['ok audience', 'ok token-type'],
      ],
      [
        `The server ${environment.MCP_RESOURCE}`,
        ['ok reachable', 'ok clock', 'ok without-token', 'ok challenge', 'ok resource-metadata'],
      ],
      [
        `The authorization server ${environment.MCP_AUTH_ISSUER}`,
        ['ok metadata', 'ok endpoints', 'ok pkce', 'ok registration', 'ok scopes', 'ok keys'],
      ],
    ],
  )
})

it('an address that is not the one of its metadata is found', async () => {
  const wrong = `${environment.MCP_RESOURCE}/`
  const { code, out } = await doctor(wrong)
  expect(code).toBe(1)
  expect(out).toContain(
    `\`resource\` is ${environment.MCP_RESOURCE}, not ${wrong}: clients compare them letter by letter`,
  )
})

it('without its authorization server it fails', async () => {
  await running.authorizationServer.close()
  const { code, out } = await doctor()
  expect(code).toBe(1)
  expect(out).toContain(
    `failure  metadata           ${environment.MCP_AUTH_ISSUER}/.well-known/oauth-authorization-server refused the connection: nothing listens there.`,
  )
})
