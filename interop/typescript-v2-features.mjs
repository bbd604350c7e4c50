// What the official TypeScript client, version 2, makes of the rest. The argument is `auto` or `legacy`.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { next } from './expect.mjs'
import { answer, useFeatures } from './typescript-features.mjs'

const mode = process.argv[2]
const headers = { authorization: `Bearer ${process.env.MCP_TOKEN}` }
const transport = new StreamableHTTPClientTransport(new URL(process.env.MCP_URL), { requestInit: { headers } })
const client = new Client(
  { name: 'interop', version: '1.0.0' },
  { versionNegotiation: { mode }, capabilities: { elicitation: { form: {} } } },
)
client.setRequestHandler('elicitation/create', answer)
const updated = next((tell) => client.setNotificationHandler('notifications/resources/updated', tell))
const listed = next((tell) => client.setNotificationHandler('notifications/tools/list_changed', tell))
await client.connect(transport)
await useFeatures(client, {
  updated,
  listed,
  callTool: (params, options) => client.callTool(params, options),
  async subscribe(uri) {
    if (mode === 'auto') {
      const subscription = await client.listen({ resourceSubscriptions: [uri], toolsListChanged: true })
      return () => subscription.close()
    }
    await client.subscribeResource({ uri })
    return () => client.unsubscribeResource({ uri })
  },
})
await client.close()
