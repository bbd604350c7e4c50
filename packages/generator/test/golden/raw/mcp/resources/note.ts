import { defineResource, jsonSchema } from '@mcp-secure/spec'

export default defineResource({
  uri: 'notes://note/{id}',
  description: 'A resource',
  access: 'authenticated',
  variables: { id: jsonSchema<string>({ type: 'string', pattern: '^[0-9]+$' }) },
  read: ({ id }) => id,
})
