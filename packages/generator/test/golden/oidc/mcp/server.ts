import { defineServer as server, env, oidc } from '@mcp-secure/spec'

const issuer = 'https://login.example.com/realms/notes/'

export default server({
  name: 'notes-behind-a-realm',
  version: '2.0.0-beta.1',
  resource: 'https://notes.example.com/mcp',
  scopes: {
    read: { description: 'Read', baseline: true },
    write: { description: 'Write', implies: ['read'] },
    admin: { description: 'Do everything, for everybody', implies: ['write'] },
    'audit|log': { description: 'Read `who` did | what <b>when</b>' },
  },
  auth: oidc({
    issuer,
    tokens: 'opaque',
    introspection: { clientId: 'notes', clientSecret: env('NOTES_SECRET') },
  }),
})
