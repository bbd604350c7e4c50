import { defineTool, TokenExchangeError, ToolError } from '@mcp-secure/spec'
import { z } from 'zod'

/** What no tool should do: it asks for what its client says. The spec bounds what that can be. */
export default defineTool({
  description: 'Send one item to another service',
  scopes: ['items:write'],
  input: z.strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    asked: z.string().default('{"audience":"https://files.example"}'),
  }),
  downstream: [
    { audience: 'https://files.example', scopes: ['files:read', 'files:write'] },
    { resource: 'https://mail.example/api', scopes: ['mail:send'] },
  ],
  async run({ id, asked }, { caller, exchangeToken, services }) {
    try {
      await exchangeToken(JSON.parse(asked))
    } catch (error) {
      if (error instanceof TokenExchangeError) throw new ToolError(error.code)
      throw error
    }
    services.witness.note('forward_item', caller.subject, { id })
    return 'sent'
  },
})
