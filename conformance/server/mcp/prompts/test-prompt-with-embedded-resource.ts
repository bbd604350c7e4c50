import { definePrompt, resource } from '@mcp-secure/spec'
import { z } from 'zod'

export default definePrompt({
  description: 'A prompt with the content of a resource',
  scopes: ['fixture:use'],
  arguments: z.object({ resourceUri: z.string().describe('URI of the resource') }),
  run: ({ resourceUri }) => [
    {
      role: 'user',
      content: resource({
        uri: resourceUri,
        mimeType: 'text/plain',
        text: 'Embedded resource content for testing.',
      }),
    },
    { role: 'user', content: 'Please process the embedded resource above.' },
  ],
})
