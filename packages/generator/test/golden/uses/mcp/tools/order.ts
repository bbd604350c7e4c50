import { defineTool, form } from '@mcp-secure/spec'

const CONFIRMS = 'elicitation'

export default defineTool({
  description: 'Order tea',
  scopes: ['notes:write'],
  // In the policy they stand in an order of their own, each once.
  uses: ['progress', CONFIRMS, 'changes', 'progress'],
  async run(_input, { ask, changes, progress }) {
    await progress({ progress: 1 })
    const { sure } = await ask({ sure: form('Really?', { yes: { type: 'boolean' } }) })
    changes.resource('notes://all')
    return sure.action
  },
})
