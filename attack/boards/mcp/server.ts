import { defineServer, env, oidc } from '@mcp-secure/spec'

export default defineServer({
  name: 'attack-boards',
  version: '1.0.0',
  resource: env('MCP_RESOURCE'),
  scopes: {
    'boards:read': { description: 'Read the boards that you are a member of', baseline: true },
    'boards:write': { description: 'Post on boards', implies: ['boards:read'] },
    'boards:staff': { description: 'Read what is for staff alone' },
  },
  auth: oidc({ issuer: env('ATTACK_ISSUER'), tokens: 'jwt' }),
  // Everybody comes from one machine, and by one client: what is measured is behind the limits.
  limits: { perSubject: 1_000_000, perClient: 1_000_000, perAddress: 1_000_000, concurrentPerSubject: 10_000 },
})
