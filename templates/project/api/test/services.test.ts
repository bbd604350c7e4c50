import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import services from '../mcp/services.js'

beforeEach(() => {
  for (const name of ['API_URL', 'API_KEY', 'NODE_ENV']) vi.stubEnv(name, undefined)
})

afterEach(() => vi.unstubAllEnvs())

it('stands in for the API in development', async () => {
  vi.stubEnv('NODE_ENV', 'development')
  const opened = await services.open()
  expect(await opened.library.search('brooks', new AbortController().signal)).toHaveLength(1)
  await services.close?.(opened)
})

it.each([
  ['in production', { NODE_ENV: 'production' }],
  ['where nobody said that this is development', {}],
  ['when half of it was said', { NODE_ENV: 'development', API_URL: 'https://api.example.com' }],
])('does not stand in for the API %s', async (_, environment) => {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  await expect(async () => services.open()).rejects.toThrow('API_URL')
})
