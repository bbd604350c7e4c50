import { defineTool, form } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks twice',
  scopes: ['fixture:use'],
  uses: ['elicitation'],
  async run(_input, { ask }) {
    const { step1 } = await ask({ step1: form('Step 1: What is your name?', { name: { type: 'string' } }) })
    const { step2 } = await ask({
      step2: form('Step 2: What is your favorite color?', { color: { type: 'string' } }),
    })
    return JSON.stringify({ step1, step2 })
  },
})
