import { defineTool as tool } from '@mcp-secure/spec'

const whoAmI = tool({
  description: `Say who you are`,
  access: 'authenticated',
  annotations: { readOnlyHint: true, openWorldHint: false },
  run: (_input, { caller }) => caller.subject,
})

export default whoAmI
