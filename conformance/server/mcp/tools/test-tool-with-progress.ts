import { setTimeout as wait } from 'node:timers/promises'
import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Says how far it is',
  scopes: ['fixture:use'],
  uses: ['progress'],
  async run(_input, { progress }) {
    for (const done of [0, 50, 100]) {
      await progress({ progress: done, total: 100, message: `Completed step ${done} of 100` })
      await wait(50)
    }
    return 'Tool with progress completed'
  },
})
