import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Say who calls',
  access: 'authenticated',
  annotations: { readOnlyHint: true },
  run(_input, { caller, services }) {
    services.witness.note('whoami', caller.subject, {})
    return caller.subject
  },
})
