import { defineServices } from '@mcp-secure/spec'

interface Note {
  readonly editors: readonly string[]
  readonly versions: string[]
}

export default defineServices({
  open: () => ({ notes: new Map<string, Note>() }),
})
