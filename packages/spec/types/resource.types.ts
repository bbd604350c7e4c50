// What must and must not compile in `mcp/resources/`. An unused expectation is an error of its own.
import { defineResource, ResourceError, type VariableName } from '@mcp-secure/spec'
import { z } from 'zod'
import * as z3 from 'zod3'
import './project.js'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>): void => {}

const description = 'One of your notes'

same<VariableName<'notes://all'>, never>(true)
same<VariableName<'notes://{owner}/{+path}'>, 'owner' | 'path'>(true)

// Handlers get parsed variables, the caller and the project's services.
defineResource({
  uri: 'notes://{shelf}/note/{id}',
  description,
  title: 'A note',
  mimeType: 'text/markdown',
  scopes: ['notes:read'],
  variables: { shelf: z.enum(['mine', 'shared']), id: z.string().transform(Number) },
  list: async ({ caller, services }) => [
    {
      variables: { shelf: caller.subject, id: String(typeof services.notes) },
      title: 'One',
      icons: [{ src: 'https://notes.example/one.png', sizes: ['48x48'] }],
      annotations: { audience: ['user'], priority: 1, lastModified: '2026-01-02T03:04:05Z' },
      size: 1024,
      _meta: { 'com.example/panel': { wide: true } },
    },
  ],
  complete: {
    id(value, { caller, others }) {
      same<typeof value, string>(true)
      same<typeof others, { readonly shelf?: string }>(true)
      return [caller.subject, others.shelf ?? '']
    },
  },
  async read({ shelf, id }, { caller, services, signal, request }) {
    same<typeof shelf, 'mine' | 'shared'>(true)
    same<typeof id, number>(true)
    same<typeof signal, AbortSignal>(true)
    same<typeof caller.scopes, readonly ('notes:read' | 'notes:write')[]>(true)
    if (request.id === '') throw new ResourceError('The shelf is being moved. Try again.')
    if (!(await services.notes.delete(caller.subject, shelf))) return undefined
    return [{ text: 'a', mimeType: 'text/plain' }, 'b', { blob: new Uint8Array(), mimeType: 'image/png' }]
  },
})

defineResource({ uri: 'notes://all', description, access: 'authenticated', read: (_, { caller }) => caller.subject })
defineResource({ uri: 'notes://all', description, access: 'public', read: (_, { services }) => typeof services.notes })
defineResource({
  uri: 'notes://{id}',
  description,
  access: 'public',
  variables: { id: z3.string() },
  read: ({ id }) => id,
})
defineResource({
  uri: 'files://docs/{+path}',
  description,
  access: 'public',
  variables: { path: z.string() },
  read: ({ path }) => path,
})

defineResource({
  uri: 'notes://{id}',
  description,
  access: 'public',
  variables: { id: z.string() },
  // @ts-expect-error a picture has an https URL, or is one
  list: () => [{ variables: { id: '1' }, icons: [{ src: 'http://notes.example/one.png' as const }] }],
  read: ({ id }) => id,
})

// @ts-expect-error who may read is required
defineResource({ uri: 'notes://all', description, read: () => '' })

// @ts-expect-error a scope that the server does not declare
defineResource({ uri: 'notes://all', description, scopes: ['notes:raed'], read: () => '' })

// @ts-expect-error an empty list of scopes says nothing
defineResource({ uri: 'notes://all', description, scopes: [], read: () => '' })

// @ts-expect-error scopes and access contradict each other
defineResource({ uri: 'notes://all', description, scopes: ['notes:read'], access: 'public', read: () => '' })

// @ts-expect-error the model needs a description
defineResource({ uri: 'notes://all', scopes: ['notes:read'], read: () => '' })

// @ts-expect-error a resource without a URI
defineResource({ description, scopes: ['notes:read'], read: () => '' })

// @ts-expect-error a resource without a handler
defineResource({ uri: 'notes://all', description, scopes: ['notes:read'] })

// @ts-expect-error a variable without a schema
defineResource({ uri: 'notes://{id}', description, scopes: ['notes:read'], read: () => '' })

defineResource({
  uri: 'notes://{id}/{part}',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error one of two variables without a schema
  variables: { id: z.uuid() },
  read: () => '',
})

defineResource({
  uri: 'notes://{id}',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error a schema for what is no variable of the URI
  variables: { id: z.uuid(), other: z.string() },
  read: () => '',
})

defineResource({
  uri: 'notes://{id}',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error what stands in a URI is text
  variables: { id: z.number() },
  read: () => '',
})

defineResource({
  uri: 'notes://all',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error one URI has no variables
  variables: { id: z.uuid() },
  read: () => '',
})

defineResource({
  uri: 'notes://all',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error one URI is listed as it is
  list: () => [],
  read: () => '',
})

defineResource({
  uri: 'notes://{id}',
  description,
  scopes: ['notes:read'],
  variables: { id: z.uuid() },
  // @ts-expect-error what is listed has a value for every variable
  list: () => [{ variables: {} }],
  read: () => '',
})

defineResource({
  uri: 'notes://{id}',
  description,
  scopes: ['notes:read'],
  variables: { id: z.uuid() },
  // @ts-expect-error suggestions for what is no variable of the URI
  complete: { other: () => [] },
  read: () => '',
})

defineResource({
  uri: 'notes://all',
  description,
  access: 'public',
  // @ts-expect-error nobody is signed in on a public resource
  read: (_, { caller }) => caller.subject,
})

defineResource({
  uri: 'notes://all',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error the access token is not given to handlers
  read: (_, { caller }) => caller.token,
})

defineResource({
  uri: 'notes://all',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error bytes say what they are
  read: () => ({ blob: new Uint8Array() }),
})

defineResource({
  uri: 'notes://all',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error an object is no content: write it as text
  read: () => ({ title: 'a' }),
})

// A rule about the object gets the parsed variables, and who asks.
defineResource({
  uri: 'notes://ruled/{id}',
  description,
  scopes: { anyOf: [['notes:write'], ['notes:read']] },
  whenDenied: 'hide',
  variables: { id: z.string().transform(Number) },
  authorize({ input: { id }, caller, services }) {
    const parsed: number = id
    return services.notes !== undefined && caller.subject === String(parsed)
  },
  read: ({ id }) => String(id),
})

// @ts-expect-error there is no caller that it could be about
defineResource({ uri: 'notes://all', description, access: 'public', authorize: () => true, read: () => '' })
// Of a template, somebody has to say who may know of which one.
defineResource({
  uri: 'notes://note/{id}',
  description,
  scopes: ['notes:read'],
  variables: { id: z.string().transform(Number) },
  subscribe({ id }, { caller }) {
    same<typeof id, number>(true)
    return caller.subject === String(id)
  },
  read: () => undefined,
})
defineResource({ uri: 'notes://all', description, scopes: ['notes:read'], subscribe: true, read: () => 'a' })
defineResource({
  uri: 'notes://note/{id}',
  description,
  scopes: ['notes:read'],
  variables: { id: z.string() },
  // @ts-expect-error everybody with the scopes could find out which notes there are
  subscribe: true,
  read: () => undefined,
})

// The handlers of a resource get tokens for the services that it declares.
defineResource({
  uri: 'notes://note/{id}',
  description,
  scopes: ['notes:read'],
  variables: { id: z.string() },
  downstream: [{ audience: 'https://files.example.com', scopes: ['files:read'] }],
  async list({ exchangeToken }) {
    await exchangeToken({ audience: 'https://files.example.com' })
    return [{ variables: { id: 'a' } }]
  },
  complete: { id: async (value, { exchangeToken }) => [value, typeof exchangeToken] },
  async read({ id }, { exchangeToken }) {
    await exchangeToken({ audience: 'https://files.example.com', scopes: ['files:read'] })
    // @ts-expect-error a scope that is not declared
    await exchangeToken({ audience: 'https://files.example.com', scopes: ['files:write'] })
    return id
  },
})

defineResource({
  uri: 'notes://all',
  description,
  scopes: ['notes:read'],
  // @ts-expect-error nothing is declared, and nothing is there
  read: (_, { exchangeToken }) => String(exchangeToken),
})
