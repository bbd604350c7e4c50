import { defineResource } from '@mcp-secure/spec'

const READERS = ['notes:read'] as const

export default defineResource({
  uri: 'notes://shared',
  description: 'Notes that were shared',
  scopes: { anyOf: [READERS, ['notes:admin']] },
  whenDenied: 'challenge',
  read: () => undefined,
})
