import { defineTool, form, roots, sample, text } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks everybody at once',
  scopes: ['fixture:use'],
  uses: ['elicitation', 'sampling', 'roots'],
  async run(_input, { ask }) {
    const { user_name, greeting, client_roots } = await ask({
      user_name: form('What is your name?', { name: { type: 'string' } }),
      greeting: sample({ messages: [{ role: 'user', content: text('Generate a greeting') }], maxTokens: 50 }),
      client_roots: roots(),
    })
    return JSON.stringify({ user_name, greeting, client_roots })
  },
})
