import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineResource({
  uri: 'files://{name}',
  description: 'A file of yours',
  scopes: ['notes:read'],
  variables: { name: z.string() },
  downstream: [{ audience: 'https://files.example.com', scopes: ['files:read'] }],
  async read({ name }, { exchangeToken }) {
    const { scopes } = await exchangeToken({ audience: 'https://files.example.com' })
    return `${name}: ${scopes.join(' ')}`
  },
})
