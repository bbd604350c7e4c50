import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Says that the list of prompts changed',
  scopes: ['fixture:use'],
  uses: ['changes'],
  run(_input, { changes }) {
    changes.promptList()
    return 'Said'
  },
})
