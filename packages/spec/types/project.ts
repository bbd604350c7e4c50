// A project as `mcp-gen build` leaves it: a server, its services, and their registration.
import { defineServer, defineServices, embedded } from '@mcp-secure/spec'

export const server = defineServer({
  name: 'notes',
  version: '1.0.0',
  resource: 'https://notes.example/mcp',
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Write your notes', implies: ['notes:read'] },
  },
  auth: embedded(),
})

export const services = defineServices({
  open: async () => ({ notes: { delete: async (_owner: string, _id: string) => true } }),
})

declare module '@mcp-secure/spec' {
  interface Register {
    server: typeof server
    services: typeof services
  }
}
