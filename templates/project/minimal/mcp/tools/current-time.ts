import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Current time',
  description: 'Tell what time it is',
  // Everybody may call this one, without a login. It stands in a section of its own in generated/ACCESS.md.
  access: 'public',
  annotations: { readOnlyHint: true, openWorldHint: false },
  output: z.object({ now: z.iso.datetime() }),
  run: () => ({ now: new Date().toISOString() }),
})
