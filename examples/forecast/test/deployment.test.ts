// The files that the documentation shows for a deployment fit each other, and this server.
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createServer } from '../generated/server.gen.js'

interface Compose {
  readonly services: {
    readonly forecast: {
      readonly environment: Record<string, string>
      readonly ports: readonly string[]
      readonly healthcheck: { readonly test: readonly string[] }
      readonly stop_grace_period: string
    }
  }
}

const run = promisify(execFile)
const sample = (name: string) => readFile(new URL(`../../../docs/examples/deploy/${name}`, import.meta.url), 'utf8')

const { forecast } = (parse(await sample('compose.yaml')) as Compose).services
const nginx = await sample('nginx.conf')
const dockerfile = await sample('Dockerfile')
const environment: Record<string, string> = { ...forecast.environment, NODE_ENV: 'production' }
const resource = new URL(environment.MCP_RESOURCE ?? '')

describe('a server with the environment of compose.yaml', () => {
  let server: Awaited<ReturnType<typeof createServer>>

  beforeAll(async () => {
    process.env.FORECAST_API = environment.FORECAST_API
    process.env.FORECAST_API_KEY = environment.FORECAST_API_KEY
    server = await createServer({ environment, logger: false })
  })

  afterAll(() => server.close())

  it('starts in production, with nothing missing and nothing that is not used', async () => {
    for (const name of ['MCP_RESOURCE', 'FORECAST_ISSUER']) {
      await expect(createServer({ environment: { ...environment, [name]: '' }, logger: false })).rejects.toThrow(name)
    }
    expect(Object.keys(forecast.environment).sort()).toEqual([
      'FORECAST_API',
      'FORECAST_API_KEY',
      'FORECAST_ISSUER',
      'MCP_RESOURCE',
    ])
  })

  it('answers requests as nginx hands them on: by the host of the resource, from the root', async () => {
    expect(directive('server_name')).toBe(resource.host)
    expect(directive('proxy_set_header Host')).toBe('$host')
    expect(nginx).toMatch(/^\s*location \/ \{$/m)
    const target = new URL(directive('proxy_pass'))
    expect(directive('proxy_pass')).toBe(target.origin)
    const request = { method: 'POST', url: resource.pathname } as const
    expect((await server.inject({ ...request, headers: { host: directive('server_name') } })).statusCode).toBe(401)
    // What comes of a proxy that does not pass the host on.
    expect((await server.inject({ ...request, headers: { host: target.host } })).statusCode).toBe(421)
  })

  it('is asked for its health where it says it', async () => {
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo
    const [program, ...probe] = forecast.healthcheck.test.slice(1)
    expect(program).toBe('node')
    const here = probe.map((part) => part.replace('127.0.0.1:3000', `127.0.0.1:${port}`))
    expect(here).not.toEqual(probe)
    await run(process.execPath, here)
    await server.close()
    await expect(run(process.execPath, here)).rejects.toThrow()
  })
})

it('compose, nginx and the Dockerfile name one port, which nobody reaches but by the proxy', () => {
  expect(new URL(directive('proxy_pass')).port).toBe('3000')
  expect(forecast.ports).toEqual(['127.0.0.1:3000:3000'])
  expect(dockerfile).toMatch(/^EXPOSE 3000$/m)
})

it('nginx passes on what comes when it comes, and more than the server takes, so that it is the server that refuses', () => {
  expect(directive('proxy_buffering')).toBe('off')
  expect(directive('proxy_http_version')).toBe('1.1')
  expect(directive('client_max_body_size')).toBe('2m')
  expect(directive('proxy_read_timeout')).toBe('10m')
})

it('the container is stopped no sooner than the server ends by itself', () => {
  expect(Number.parseInt(forecast.stop_grace_period, 10)).toBeGreaterThan(15)
})

it('the image runs what the package starts, in production, and not as root', async () => {
  const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  const [, command = ''] = /^CMD (.+)$/m.exec(dockerfile) ?? []
  expect(JSON.parse(command).join(' ')).toBe(scripts.start)
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '))
  expect(last).toMatch(/^USER node$/m)
  expect(last).toMatch(/^ENV NODE_ENV=production$/m)
})

/** The value of a directive of nginx.conf, which stands there once. */
function directive(name: string): string {
  const values = nginx.split('\n').flatMap((line) => {
    const text = line.trim()
    return text.startsWith(`${name} `) && text.endsWith(';') ? [text.slice(name.length + 1, -1)] : []
  })
  expect(values, name).toHaveLength(1)
  return values[0] ?? ''
}
