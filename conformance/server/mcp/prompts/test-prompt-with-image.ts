import { definePrompt } from '@mcp-secure/spec'
import { PIXEL } from '../picture.js'

export default definePrompt({
  description: 'A prompt with an image',
  scopes: ['fixture:use'],
  run: () => [
    { role: 'user', content: { type: 'image', data: PIXEL, mimeType: 'image/png' } },
    { role: 'user', content: 'Please analyze the image above.' },
  ],
})
