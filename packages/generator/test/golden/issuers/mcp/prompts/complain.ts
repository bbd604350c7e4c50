import { definePrompt } from '@mcp-secure/spec'

export default definePrompt({
  description: 'Write a complaint about an order',
  access: 'authenticated',
  onlyFor: { issuers: ['https://login.example.com/guests/'] },
  run: () => 'Write a complaint.',
})
