import { defineTool } from '@mcp-secure/spec'
import { SILENCE } from '../picture.js'

export default defineTool({
  description: 'Answers with audio',
  scopes: ['fixture:use'],
  run: () => ({ content: [{ type: 'audio', data: SILENCE, mimeType: 'audio/wav' }] }),
})
