import { defineTool, form, sample, text } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks what this client can be asked',
  scopes: ['fixture:use'],
  uses: ['elicitation', 'sampling'],
  async run(_input, { ask, canAsk }) {
    if (canAsk('elicitation')) await ask({ user_name: form('What is your name?', { name: { type: 'string' } }) })
    if (canAsk('sampling')) {
      await ask({ greeting: sample({ messages: [{ role: 'user', content: text('Hello') }], maxTokens: 50 }) })
    }
    return 'Asked'
  },
})
