import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Delete note',
  description: 'Delete note',
  access: 'public',
  // Everybody may call it, so it must not change anything.
  annotations: { readOnlyHint: true },
  input: z.object({ text: z.string().min(1).max(1000).describe('What to work on') }),
  run: ({ text }) => `You sent: ${text}`,
})
