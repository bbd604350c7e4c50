import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Says that the list of tools changed',
  scopes: ['fixture:use'],
  uses: ['changes'],
  run(_input, { changes }) {
    changes.toolList()
    return 'Said'
  },
})
