import { defineTool, sample, text } from '@mcp-secure/spec'

export default defineTool({
  description: 'Needs a client with a model',
  scopes: ['fixture:use'],
  uses: ['sampling'],
  async run(_input, { ask }) {
    await ask({ needed: sample({ messages: [{ role: 'user', content: text('Hello') }], maxTokens: 10 }) })
    return 'The client has a model'
  },
})
