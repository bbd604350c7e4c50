import { defineTool, image, resource, text } from '@mcp-secure/spec'
import { PIXEL } from '../picture.js'

export default defineTool({
  description: 'Answers with a text, an image and the content of a resource',
  scopes: ['fixture:use'],
  run: () => ({
    content: [
      text('Multiple content types test:'),
      image(PIXEL, 'image/png'),
      resource({
        uri: 'test://mixed-content-resource',
        mimeType: 'application/json',
        text: JSON.stringify({ test: 'data', value: 123 }),
      }),
    ],
  }),
})
