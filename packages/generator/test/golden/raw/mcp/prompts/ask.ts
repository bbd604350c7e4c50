import { definePrompt, jsonSchema } from '@mcp-secure/spec'

export default definePrompt({
  description: 'A prompt',
  access: 'authenticated',
  arguments: jsonSchema<{ readonly topic: string; readonly style?: string }>({
    type: 'object',
    $defs: { text: { type: 'string', minLength: 1 } },
    properties: {
      topic: { $ref: '#/$defs/text', description: 'What about' },
      style: { type: 'string', enum: ['short', 'long'] },
    },
    required: ['topic'],
    additionalProperties: false,
  }),
  run: ({ topic, style = 'short' }) => `${topic}, ${style}`,
})
