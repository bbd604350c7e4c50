import { defineTool } from '@mcp-secure/spec'
import { PIXEL } from '../picture.js'

export default defineTool({
  description: 'Answers with an image',
  scopes: ['fixture:use'],
  run: () => ({ content: [{ type: 'image', data: PIXEL, mimeType: 'image/png' }] }),
})
