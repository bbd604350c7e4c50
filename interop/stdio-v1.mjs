// The official TypeScript client, version 1, starts examples/notes itself and talks to it over stdio.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { refused, step } from './expect.mjs'
import { stdioParameters } from './stdio.mjs'

const client = new Client({ name: 'interop', version: '1.0.0' })
await client.connect(new StdioClientTransport(stdioParameters('notes:read')))
const { tools } = await client.listTools()
step('start and list, without a login', tools.length, 4)
const listed = await client.callTool({ name: 'list_notes', arguments: {} })
step('call', Array.isArray(listed.structuredContent?.notes), true)
const note = { name: 'create_note', arguments: { title: 'Interop', text: 'stdio, version 1' } }
await refused('a call without its scope is refused', client.callTool(note), 403)
await client.close()
