import { defineTool } from '@mcp-secure/spec'

const schema = {
  '~standard': {
    version: 1,
    vendor: 'other',
    validate: (value: unknown) => ({ value }),
    jsonSchema: { input: () => ({ type: 'object', properties: { a: { type: 'string' } } }), output: () => ({ type: 'string' }) },
  },
} as const

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: schema as never,
  output: schema as never,
  run: () => undefined as never,
})
