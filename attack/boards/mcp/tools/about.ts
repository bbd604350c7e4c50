import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Say what this server is for',
  access: 'public',
  annotations: { readOnlyHint: true },
  run(_input, { services }) {
    services.witness.note('about', 'nobody', {})
    return 'Boards for teams'
  },
})
