import { definePrompt } from '@mcp-secure/spec'

export default definePrompt({
  description: 'Review what was shared',
  scopes: { anyOf: [['notes:share'], ['notes:admin']] },
  run: () => 'Review what was shared.',
})
