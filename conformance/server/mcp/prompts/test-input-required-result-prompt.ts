import { definePrompt, form } from '@mcp-secure/spec'

export default definePrompt({
  description: 'A prompt that asks first',
  scopes: ['fixture:use'],
  uses: ['elicitation'],
  async run(_args, { ask }) {
    const { user_context } = await ask({
      user_context: form('What context should the prompt use?', { context: { type: 'string' } }),
    })
    return `Use this context: ${user_context.action === 'accept' ? user_context.content.context : 'none'}`
  },
})
