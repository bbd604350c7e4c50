import { definePrompt } from '@mcp-secure/spec'
import { z } from 'zod'

export default definePrompt({
  description: 'A prompt with two arguments',
  scopes: ['fixture:use'],
  arguments: z.object({ arg1: z.string().describe('First'), arg2: z.string().describe('Second') }),
  complete: { arg1: (value) => ['test', 'testing', 'tested'].filter((word) => word.startsWith(value)) },
  run: ({ arg1, arg2 }) => `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`,
})
