import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({
    region: z.enum(['eu', 'us']).meta({ 'x-mcp-header': 'Region' }),
    limit: z.int().optional().meta({ 'x-mcp-header': 'Limit' }),
  }),
  run: ({ region }) => region,
})
