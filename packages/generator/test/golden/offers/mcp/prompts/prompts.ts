import { definePrompt } from '@mcp-secure/spec'

export default definePrompt({ description: 'Say hello', access: 'public', run: () => 'Say hello.' })
