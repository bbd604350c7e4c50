import { defineTool } from '@mcp-secure/spec'

const SOON = { maxAgeSeconds: 600 } as const

export default defineTool({
  description: 'Close your account',
  access: 'authenticated',
  freshLogin: SOON,
  run: () => 'closed',
})
