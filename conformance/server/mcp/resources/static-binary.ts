import { defineResource } from '@mcp-secure/spec'
import { PIXEL } from '../picture.js'

export default defineResource({
  uri: 'test://static-binary',
  description: 'An image',
  mimeType: 'image/png',
  scopes: ['fixture:use'],
  read: () => ({ blob: Buffer.from(PIXEL, 'base64'), mimeType: 'image/png' }),
})
