import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Says that the watched resource changed',
  scopes: ['fixture:use'],
  uses: ['changes'],
  run(_input, { changes }) {
    changes.resource('test://watched-resource')
    return 'Said'
  },
})
