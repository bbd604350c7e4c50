import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Look at what was done with every item',
  scopes: ['items:erase'],
  // For attacks on what nobody may know of.
  whenDenied: 'hide',
  run(_input, { caller, services }) {
    services.witness.note('audit_items', caller.subject, {})
    return 'nothing'
  },
})
