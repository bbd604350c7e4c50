import { defineTool, jsonSchema } from '@mcp-secure/spec'

export default defineTool({
  description: 'Takes an argument that is repeated in a header',
  scopes: ['fixture:use'],
  input: jsonSchema({
    type: 'object',
    properties: { region: { type: 'string', 'x-mcp-header': 'Region' }, level: { type: 'integer' } },
    additionalProperties: false,
  }),
  run: (input) => JSON.stringify(input),
})
