import { defineTool, jsonSchema } from '@mcp-secure/spec'

interface Contact {
  readonly name?: string
  readonly address?: { readonly street?: string }
}

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: jsonSchema<Contact>({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: {
      address: { $anchor: 'addressDef', type: 'object', properties: { street: { type: 'string' } } },
    },
    properties: {
      name: { type: 'string' },
      address: { $ref: '#/$defs/address' },
      contactMethod: { type: 'string', enum: ['phone', 'email'] },
      phone: { type: 'string' },
      email: { type: 'string' },
    },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['phone'] },
    else: { required: ['email'] },
    additionalProperties: false,
  }),
  output: jsonSchema<{ readonly name: string; readonly tags: readonly string[] }>({
    type: 'object',
    properties: {
      name: { type: 'string' },
      tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    },
    required: ['name', 'tags'],
    additionalProperties: false,
  }),
  run: ({ name = 'nobody' }) => ({ name, tags: [] }),
})
