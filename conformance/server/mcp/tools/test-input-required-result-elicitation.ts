import { defineTool, form } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks for a name',
  scopes: ['fixture:use'],
  uses: ['elicitation'],
  async run(_input, { ask }) {
    const { user_name } = await ask({ user_name: form('What is your name?', { name: { type: 'string' } }) })
    return user_name.action === 'accept' ? `Hello, ${user_name.content.name}!` : 'Hello!'
  },
})
