import { defineTool, form } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Asks the person',
  scopes: ['fixture:use'],
  uses: ['elicitation'],
  input: z.object({ message: z.string() }),
  async run({ message }, { ask }) {
    const { answer } = await ask({
      answer: form(message, {
        username: { type: 'string', description: "User's response" },
        email: { type: 'string', description: "User's email address" },
      }),
    })
    return `User response: ${JSON.stringify(answer)}`
  },
})
