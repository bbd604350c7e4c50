// The official TypeScript client, version 2, over stdio. The argument is `auto` (2026-07-28) or `legacy` (2025-11-25).
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { refused, step } from './expect.mjs'
import { stdioParameters } from './stdio.mjs'

const mode = process.argv[2]
const start = async (scopes) => {
  const client = new Client({ name: 'interop', version: '1.0.0' }, { versionNegotiation: { mode } })
  await client.connect(new StdioClientTransport(stdioParameters(scopes)))
  return client
}
const note = { name: 'create_note', arguments: { title: 'Interop', text: `stdio, ${mode}` } }

const reader = await start('notes:read')
const { tools } = await reader.listTools()
step('start and list, without a login', tools.length, 4)
const listed = await reader.callTool({ name: 'list_notes', arguments: {} })
step('call', Array.isArray(listed.structuredContent?.notes), true)
await refused('a call without its scope is refused', reader.callTool(note), 403)
await reader.close()

const writer = await start('notes:write')
const created = await writer.callTool(note)
step('with more in MCP_STDIO_SCOPES: the call again', typeof created.structuredContent?.id, 'string')
await writer.close()
