import { defineTool, resource } from '@mcp-secure/spec'

export default defineTool({
  description: 'Answers with the content of a resource',
  scopes: ['fixture:use'],
  run: () => ({
    content: [
      resource({
        uri: 'test://embedded-resource',
        mimeType: 'text/plain',
        text: 'This is an embedded resource content.',
      }),
    ],
  }),
})
