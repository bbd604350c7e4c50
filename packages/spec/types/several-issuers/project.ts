// A project whose server has two issuers: a subject is somebody only together with its issuer.
import { defineServer, defineServices, defineTool, oidc } from '@mcp-secure/spec'

export const server = defineServer({
  name: 'notes',
  version: '1.0.0',
  resource: 'https://notes.example/mcp',
  scopes: { 'notes:read': { description: 'Read your notes', baseline: true } },
  auth: [
    oidc({ issuer: 'https://staff.example', tokens: 'jwt' }),
    oidc({ issuer: 'https://partners.example', tokens: 'opaque' }),
  ],
})

declare module '@mcp-secure/spec' {
  interface Register {
    server: typeof server
  }
}

export const services = defineServices({
  open: ({ changes }) => ({
    changed: (subject: string, issuer: string) => {
      changes.resourceList({ subject, issuer })
      changes.resourceList()
      // @ts-expect-error each of the two issuers may have somebody of that name
      changes.resourceList({ subject })
    },
  }),
})

export const add = defineTool({
  description: 'Add a note',
  scopes: ['notes:read'],
  uses: ['changes'],
  run(_, { caller, changes }) {
    changes.resourceList(caller)
    changes.resourceList({ subject: caller.subject, issuer: caller.issuer })
    // @ts-expect-error each of the two issuers may have somebody of that name
    changes.resourceList({ subject: caller.subject })
    return 'added'
  },
})
