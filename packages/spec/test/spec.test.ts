import {
  definePrompt,
  defineResource,
  defineServer,
  defineServices,
  defineTool,
  embedded,
  env,
  oidc,
  PromptError,
  ResourceError,
  ToolError,
} from '@mcp-secure/spec'
import { describe, expect, it } from 'vitest'

describe('the DSL', () => {
  it('returns what it is given, so that a spec stays data', () => {
    const server = { name: 'a', version: '1', resource: 'https://a.example/mcp', scopes: {}, auth: embedded() }
    expect(defineServer(server)).toBe(server)
    const services = { open: () => ({}) }
    expect(defineServices(services)).toBe(services)
    const tool = { description: 'a', access: 'public', run: () => '' } as const
    expect(defineTool(tool)).toBe(tool)
    const resource = { uri: 'notes://all', description: 'a', access: 'public', read: () => '' } as const
    expect(defineResource(resource)).toBe(resource)
    const prompt = { description: 'a', access: 'public', run: () => '' } as const
    expect(definePrompt(prompt)).toBe(prompt)
  })

  it('reads nothing from the environment', () => {
    process.env.SPEC_TEST = 'set'
    expect(env('SPEC_TEST', { development: 'default' })).toEqual({ env: 'SPEC_TEST', development: 'default' })
    expect(env('SPEC_TEST')).toEqual({ env: 'SPEC_TEST' })
  })

  it('names the embedded authorization server by a variable, with a default in development only', () => {
    expect(embedded().issuer).toEqual({ env: 'MCP_AUTH_ISSUER', development: 'http://localhost:4000' })
    expect(embedded({ issuer: 'https://auth.example' }).issuer).toBe('https://auth.example')
    expect(oidc({ issuer: 'https://auth.example', tokens: 'jwt' })).toEqual({
      kind: 'oidc',
      issuer: 'https://auth.example',
      tokens: 'jwt',
    })
  })

  it('marks an error that is meant for the model, whichever copy of the package made it', () => {
    const error = new ToolError('no such note')
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({ name: 'ToolError', message: 'no such note', 'mcp-secure.tool-error': true })
    for (const Told of [ResourceError, PromptError]) {
      expect(new Told('later')).toMatchObject({ name: Told.name, message: 'later', 'mcp-secure.tool-error': true })
    }
  })
})
