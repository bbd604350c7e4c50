// What both versions of the official TypeScript client make of the rest of the protocol, step by step.
import { step } from './expect.mjs'

/** What a client answers to the question of `test_elicitation`. */
export const answer = ({ params }) => ({
  action: 'accept',
  content: { username: params.message, email: 'ada@example.com' },
})

/**
 * Goes through what a server may offer besides plain tools. The versions differ in how a tool is called with options, in
 * how a client subscribes to a resource, and in how it is told: `updated` and `listed` are what it hears first.
 */
export async function useFeatures(client, { callTool, subscribe, updated, listed }) {
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

  const asked = await callTool({ name: 'test_elicitation', arguments: { message: 'Ada' } })
  step('elicitation: asked by a tool, and answered', /"username":"Ada"/.test(asked.content[0].text), true)

  const steps = []
  const onprogress = ({ progress }) => steps.push(progress)
  await callTool({ name: 'test_tool_with_progress', arguments: {} }, { onprogress })
  step('progress: told while a tool runs', steps, [0, 50, 100])

  const uri = 'test://watched-resource'
  const unsubscribe = await subscribe(uri)
  await callTool({ name: 'test_trigger_resource_change', arguments: {} })
  await callTool({ name: 'test_trigger_tool_change', arguments: {} })
  step(
    'subscriptions: told of what changed',
    [(await updated).params.uri, (await listed).method],
    [uri, 'notifications/tools/list_changed'],
  )
  await unsubscribe()
}
