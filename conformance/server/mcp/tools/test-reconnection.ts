import { setTimeout as wait } from 'node:timers/promises'
import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Hangs up, and answers when the client comes back',
  scopes: ['fixture:use'],
  uses: ['polling'],
  async run(_input, { hangUp }) {
    hangUp()
    await wait(100)
    return 'Reconnection test completed successfully'
  },
})
