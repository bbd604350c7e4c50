import type { Client } from '../client.js'
import { shellWord } from '../shell-word.js'

/** https://modelcontextprotocol.io/docs/tools/inspector */
export const inspector: Client = {
  id: 'inspector',
  name: 'MCP Inspector',
  summary: 'a command; for looking at what a client sees',
  hosted: false,
  steps: ({ resource }) => [
    {
      kind: 'command',
      text: `npx @modelcontextprotocol/inspector --transport http --server-url ${shellWord(resource)}`,
    },
    { kind: 'text', text: 'It needs Node 22.19 or newer. Open the address that it prints, connect, and log in.' },
  ],
}
