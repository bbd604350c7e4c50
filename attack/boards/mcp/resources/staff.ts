import { defineResource } from '@mcp-secure/spec'

export default defineResource({
  uri: 'boards://staff',
  description: 'What is for staff alone',
  scopes: ['boards:staff'],
  whenDenied: 'hide',
  subscribe: true,
  read(_variables, { caller, services }) {
    services.witness.note('resource staff', caller.subject, {})
    return 'for staff'
  },
})
