import { setTimeout as wait } from 'node:timers/promises'
import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Logs while it runs',
  scopes: ['fixture:use'],
  uses: ['logging'],
  async run(_input, { log }) {
    for (const message of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await log('info', message)
      await wait(50)
    }
    return 'Tool with logging executed successfully'
  },
})
