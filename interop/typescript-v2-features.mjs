// What the official TypeScript client, version 2, makes of the rest. The argument is `auto` or `legacy`.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { next, step } from './expect.mjs'

const mode = process.argv[2]
const headers = { authorization: `Bearer ${process.env.MCP_TOKEN}` }
const transport = new StreamableHTTPClientTransport(new URL(process.env.MCP_URL), { requestInit: { headers } })
const client = new Client(
  { name: 'interop', version: '1.0.0' },
  { versionNegotiation: { mode }, capabilities: { elicitation: { form: {} } } },
)
client.setRequestHandler('elicitation/create', ({ params }) => ({
  action: 'accept',
  content: { username: params.message, email: 'ada@example.com' },
}))
const updated = next((tell) => client.setNotificationHandler('notifications/resources/updated', tell))
const listed = next((tell) => client.setNotificationHandler('notifications/tools/list_changed', tell))
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

const steps = []
await client.callTool(
  { name: 'test_tool_with_progress', arguments: {} },
  { onprogress: ({ progress }) => steps.push(progress) },
)
step('progress: told while a tool runs', steps, [0, 50, 100])

const uri = 'test://watched-resource'
const subscription =
  mode === 'auto'
    ? await client.listen({ resourceSubscriptions: [uri], toolsListChanged: true })
    : await client.subscribeResource({ uri })
await client.callTool({ name: 'test_trigger_resource_change', arguments: {} })
await client.callTool({ name: 'test_trigger_tool_change', arguments: {} })
step(
  'subscriptions: told of what changed',
  [(await updated).params.uri, (await listed).method],
  [uri, 'notifications/tools/list_changed'],
)
if (mode === 'auto') await subscription.close()
else await client.unsubscribeResource({ uri })
await client.close()
