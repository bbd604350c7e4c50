import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Erase every item',
  scopes: ['items:write', 'items:erase'],
  annotations: { destructiveHint: true },
  run(_input, { caller, services }) {
    services.witness.note('erase_all', caller.subject, {})
    return 'erased'
  },
})
