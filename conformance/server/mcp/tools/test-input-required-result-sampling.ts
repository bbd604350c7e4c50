import { defineTool, sample, text } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks the model for a capital',
  scopes: ['fixture:use'],
  uses: ['sampling'],
  async run(_input, { ask }) {
    const { capital_question } = await ask({
      capital_question: sample({
        messages: [{ role: 'user', content: text('What is the capital of France?') }],
        maxTokens: 100,
      }),
    })
    return JSON.stringify(capital_question.content)
  },
})
