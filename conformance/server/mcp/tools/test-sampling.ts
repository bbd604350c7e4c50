import { defineTool, sample, text } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: "Asks the client's model",
  scopes: ['fixture:use'],
  uses: ['sampling'],
  input: z.object({ prompt: z.string() }),
  async run({ prompt }, { ask }) {
    const { said } = await ask({
      said: sample({ messages: [{ role: 'user', content: text(prompt) }], maxTokens: 100 }),
    })
    return `LLM response: ${JSON.stringify(said.content)}`
  },
})
