import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineResource({
  uri: 'files://docs/{section}/{+path}',
  description: 'The manual',
  access: 'public',
  variables: { section: z.enum(['guide', 'reference']), path: z.string() },
  read: ({ section, path }) => [section, path, { blob: new Uint8Array(1), mimeType: 'image/png' }],
})
