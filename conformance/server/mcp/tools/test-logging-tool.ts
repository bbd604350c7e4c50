import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Logs for whoever asked for it',
  scopes: ['fixture:use'],
  uses: ['logging'],
  async run(_input, { log }) {
    await log('info', 'A log message of this request')
    return 'Logged'
  },
})
