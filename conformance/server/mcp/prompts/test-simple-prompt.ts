import { definePrompt } from '@mcp-secure/spec'

export default definePrompt({
  description: 'A prompt without arguments',
  scopes: ['fixture:use'],
  run: () => 'This is a simple prompt for testing.',
})
