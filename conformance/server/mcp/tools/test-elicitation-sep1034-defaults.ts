import { defineTool, form } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks with values that are filled in already',
  scopes: ['fixture:use'],
  uses: ['elicitation'],
  async run(_input, { ask }) {
    const fields = {
      name: { type: 'string', description: 'User name', default: 'John Doe' },
      age: { type: 'integer', description: 'User age', default: 30 },
      score: { type: 'number', description: 'User score', default: 95.5 },
      status: {
        type: 'string',
        description: 'User status',
        enum: ['active', 'inactive', 'pending'],
        default: 'active',
      },
      verified: { type: 'boolean', description: 'Verification status', default: true },
    } as const
    const { answer } = await ask({
      answer: form('Please review and update the form fields with defaults', fields, {
        optional: ['name', 'age', 'score', 'status', 'verified'],
      }),
    })
    return `Elicitation completed: ${JSON.stringify(answer)}`
  },
})
