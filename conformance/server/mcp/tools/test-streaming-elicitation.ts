import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Answers without asking anything on its stream',
  scopes: ['fixture:use'],
  uses: ['progress'],
  async run(_input, { progress }) {
    await progress({ progress: 1 })
    return 'No request was sent on this stream'
  },
})
