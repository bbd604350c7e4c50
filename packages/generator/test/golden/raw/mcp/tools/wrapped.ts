import { defineTool, jsonSchema } from '@mcp-secure/spec'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: jsonSchema<readonly string[]>({
    type: 'array',
    items: { $ref: '#/$defs/word' },
    $defs: { word: { type: 'string', minLength: 1 } },
  }),
  output: jsonSchema<string>({ type: 'string', contentMediaType: 'text/markdown' }),
  run: (words) => words.join(' '),
})
