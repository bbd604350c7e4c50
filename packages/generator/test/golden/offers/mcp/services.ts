import { defineServices } from '@mcp-secure/spec'

export default defineServices({
  open: () => ({ notes: new Map<string, string>() }),
})
