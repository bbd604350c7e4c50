import { defineTool, ToolError, TokenExchangeError } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Attach a file of yours to a note',
  scopes: ['notes:write'],
  uses: ['progress'],
  downstream: [
    { audience: 'https://files.example.com', scopes: ['files:write', 'files:read'] },
    { resource: 'https://mail.example.com/api', scopes: ['mail:send'] },
  ],
  input: z.object({ note: z.string(), file: z.string() }),
  async run({ note, file }, { exchangeToken, progress }) {
    await progress({ progress: 1 })
    try {
      const { accessToken } = await exchangeToken({ audience: 'https://files.example.com', scopes: ['files:read'] })
      const headers = { authorization: `Bearer ${accessToken}` }
      const answer = await fetch(new URL(encodeURIComponent(file), 'https://files.example.com/'), { headers })
      return `${note}: ${await answer.text()}`
    } catch (error) {
      if (error instanceof TokenExchangeError && error.code === 'not-allowed') throw new ToolError('You have no files.')
      throw error
    }
  },
})
