import { definePrompt } from '@mcp-secure/spec'
import { z } from 'zod'

export default definePrompt({
  title: 'Delete note',
  description: 'Delete note',
  access: 'authenticated',
  arguments: z.object({ topic: z.string().min(1).max(1000).describe('What it is about') }),
  run: ({ topic }) => `Tell me about ${topic}.`,
})
