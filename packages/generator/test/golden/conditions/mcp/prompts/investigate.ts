import { definePrompt } from '@mcp-secure/spec'

export default definePrompt({
  description: 'Find out who read what',
  scopes: ['notes:audit'],
  whenDenied: 'hide',
  run: () => 'Find out who read what.',
})
