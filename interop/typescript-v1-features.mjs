// What the official TypeScript client, version 1, makes of the rest.
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import {
  ElicitRequestSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js'
import { next, step } from './expect.mjs'

const headers = { authorization: `Bearer ${process.env.MCP_TOKEN}` }
const transport = new StreamableHTTPClientTransport(new URL(process.env.MCP_URL), { requestInit: { headers } })
const client = new Client({ name: 'interop', version: '1.0.0' }, { capabilities: { elicitation: {} } })
client.setRequestHandler(ElicitRequestSchema, ({ params }) => ({
  action: 'accept',
  content: { username: params.message, email: 'ada@example.com' },
}))
const updated = next((tell) => client.setNotificationHandler(ResourceUpdatedNotificationSchema, tell))
const listed = next((tell) => client.setNotificationHandler(ToolListChangedNotificationSchema, tell))
await client.connect(transport)

const { resources } = await client.listResources()
const { contents } = await client.readResource({ uri: 'test://template/7/data' })
step(
  'resources: listed, and one of a template read',
  [resources.length > 0, JSON.parse(contents[0].text).id],
  [true, '7'],
)

const { prompts } = await client.listPrompts()
const prompt = { name: 'test_prompt_with_arguments', arguments: { arg1: 'one', arg2: 'two' } }
const { messages } = await client.getPrompt(prompt)
step(
  'prompts: listed, and one got',
  [prompts.length > 0, messages[0].content.text],
  [true, "Prompt with arguments: arg1='one', arg2='two'"],
)

const ref = { type: 'ref/prompt', name: prompt.name }
const { completion } = await client.complete({ ref, argument: { name: 'arg1', value: 'testi' } })
step('completion: of an argument', completion.values, ['testing'])

const asked = await client.callTool({ name: 'test_elicitation', arguments: { message: 'Ada' } })
step('elicitation: asked by a tool, and answered', /"username":"Ada"/.test(asked.content[0].text), true)

const uri = 'test://watched-resource'
await client.subscribeResource({ uri })
await client.callTool({ name: 'test_trigger_resource_change', arguments: {} })
await client.callTool({ name: 'test_trigger_tool_change', arguments: {} })
step(
  'subscriptions: told of what changed',
  [(await updated).params.uri, (await listed).method],
  [uri, 'notifications/tools/list_changed'],
)
await client.unsubscribeResource({ uri })
await client.close()
