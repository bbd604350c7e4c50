// What the official TypeScript client, version 1, makes of the rest.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {
  ElicitRequestSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js'
import { next } from './expect.mjs'
import { answer, useFeatures } from './typescript-features.mjs'

const headers = { authorization: `Bearer ${process.env.MCP_TOKEN}` }
const transport = new StreamableHTTPClientTransport(new URL(process.env.MCP_URL), { requestInit: { headers } })
const client = new Client({ name: 'interop', version: '1.0.0' }, { capabilities: { elicitation: {} } })
client.setRequestHandler(ElicitRequestSchema, answer)
const updated = next((tell) => client.setNotificationHandler(ResourceUpdatedNotificationSchema, tell))
const listed = next((tell) => client.setNotificationHandler(ToolListChangedNotificationSchema, tell))
await client.connect(transport)
await useFeatures(client, {
  updated,
  listed,
  callTool: (params, options) => client.callTool(params, undefined, options),
  async subscribe(uri) {
    await client.subscribeResource({ uri })
    return () => client.unsubscribeResource({ uri })
  },
})
await client.close()
