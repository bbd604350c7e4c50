import { definePrompt } from '@mcp-secure/spec'

export default definePrompt({
  description: 'Outline what your files say',
  access: 'authenticated',
  downstream: [{ audience: 'https://files.example.com', scopes: ['files:read'] }],
  run: async (_, { exchangeToken }) => (await exchangeToken({ audience: 'https://files.example.com' })).scopes.join(' '),
})
