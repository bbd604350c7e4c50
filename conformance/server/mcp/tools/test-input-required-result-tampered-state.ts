import { defineTool, form } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks, and refuses a state that is not its own',
  scopes: ['fixture:use'],
  uses: ['elicitation'],
  async run(_input, { ask }) {
    const { confirm } = await ask({ confirm: form('Please confirm', { ok: { type: 'boolean' } }) })
    return `Confirmed: ${confirm.action}`
  },
})
