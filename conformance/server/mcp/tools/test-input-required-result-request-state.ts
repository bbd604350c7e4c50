import { defineTool, form } from '@mcp-secure/spec'

export default defineTool({
  description: 'Asks, and knows its own state again',
  scopes: ['fixture:use'],
  uses: ['elicitation'],
  async run(_input, { ask }) {
    const { confirm } = await ask({ confirm: form('Please confirm', { ok: { type: 'boolean' } }) })
    return `state-ok: ${confirm.action}`
  },
})
