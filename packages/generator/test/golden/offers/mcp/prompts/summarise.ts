import { definePrompt } from '@mcp-secure/spec'
import { z } from 'zod'

export default definePrompt({
  title: 'Summarise notes',
  description: 'Ask for a summary of your notes',
  icons: [{ src: 'https://notes.example.com/summary.webp' }],
  scopes: ['notes:read', 'notes:write'],
  arguments: z.object({
    topic: z.string().min(1).describe('What the notes are about'),
    style: z.enum(['short', 'long']).optional().meta({ title: 'Length' }),
    limit: z.string().regex(/^\d+$/).transform(Number).default(10),
  }),
  complete: { topic: () => ['tea', 'bread'] },
  run: ({ topic, style, limit }) => [
    { role: 'user', content: `Summarise my notes about ${topic}, ${style ?? 'short'}, at most ${limit}.` },
  ],
})
