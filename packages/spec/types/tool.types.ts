// What must and must not compile in `mcp/tools/`. An unused expectation is an error of its own.
import {
  audio,
  defineTool,
  env,
  form,
  image,
  jsonSchema,
  link,
  resource,
  roots,
  sample,
  type TokenExchangeCode,
  TokenExchangeError,
  ToolError,
  text,
  visit,
} from '@mcp-secure/spec'
import { z } from 'zod'
import * as z3 from 'zod3'
import './project.js'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>): void => {}

const description = 'Delete one of your notes'
const input = z.object({ id: z.uuid() })

// Handlers get parsed input, the caller and the project's services.
defineTool({
  description,
  scopes: ['notes:write'],
  input: z.object({ id: z.uuid(), count: z.string().transform(Number) }),
  output: z.object({ deleted: z.boolean() }),
  async run({ id, count }, { caller, services, signal, request }) {
    same<typeof count, number>(true)
    same<typeof signal, AbortSignal>(true)
    same<typeof caller.scopes, readonly ('notes:read' | 'notes:write')[]>(true)
    same<typeof caller.claims, Readonly<Record<string, unknown>>>(true)
    if (request.id === '') throw new ToolError('no such note')
    return { deleted: await services.notes.delete(caller.subject, id) }
  },
})

defineTool({ description, access: 'authenticated', run: (_, { caller }) => `${caller.issuer} ${caller.clientId}` })
defineTool({ description, access: 'public', run: (_, { services }) => typeof services.notes })
defineTool({ description, access: 'public', run: () => ({ content: [{ type: 'text', text: 'hello' }] }) })

// Zod 3 and root unions infer alike.
defineTool({
  description,
  scopes: ['notes:read'],
  input: z3.object({ id: z3.string() }),
  run: ({ id }) => id,
})
defineTool({
  description,
  scopes: ['notes:read'],
  input: z.union([z.string(), z.number()]),
  run(value) {
    same<typeof value, string | number>(true)
    return String(value)
  },
})

// @ts-expect-error who may call is required
defineTool({ description, input, run: ({ id }) => id })

// @ts-expect-error a scope that the server does not declare
defineTool({ description, scopes: ['notes:wirte'], input, run: ({ id }) => id })

// @ts-expect-error one unknown scope among known ones
defineTool({ description, scopes: ['notes:read', 'admin'], input, run: ({ id }) => id })

// @ts-expect-error an empty list of scopes says nothing: it is 'authenticated' or 'public' that was meant
defineTool({ description, scopes: [], input, run: ({ id }) => id })

// @ts-expect-error scopes and access contradict each other
defineTool({ description, scopes: ['notes:read'], access: 'public', run: () => '' })

// @ts-expect-error there is no third kind of access
defineTool({ description, access: 'none', run: () => '' })

// @ts-expect-error scopes are a list, never a computed string
defineTool({ description, scopes: 'notes:read', run: () => '' })

// @ts-expect-error the model needs a description
defineTool({ scopes: ['notes:read'], run: () => '' })

// @ts-expect-error a tool without a handler
defineTool({ description, scopes: ['notes:read'] })

defineTool({
  description,
  scopes: ['notes:read'],
  output: z.object({ deleted: z.boolean() }),
  // @ts-expect-error what is returned must be what the output schema takes
  run: () => ({ gone: 1 }),
})

defineTool({
  description,
  access: 'public',
  // @ts-expect-error nobody is signed in on a public tool
  run: (_, { caller }) => caller.subject,
})

defineTool({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error a service that services.ts does not open
  run: (_, { services }) => services.mail,
})

defineTool({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error the access token is not given to handlers
  run: (_, { caller }) => caller.token,
})

defineTool({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error a tool without input has no arguments
  run: ({ id }) => id,
})

// Literals, tuples and what a handler only has for reading fit an output schema as they stand.
declare const rows: readonly { readonly id: string; readonly tags: readonly string[] }[]
const kinds = z.object({
  kind: z.enum(['short', 'long']),
  pair: z.tuple([z.string(), z.number()]),
  rows: z.array(z.object({ id: z.string(), tags: z.array(z.string()) })),
  at: z.date().optional(),
})
defineTool({
  description,
  scopes: ['notes:read'],
  output: kinds,
  run: async () => ({ kind: 'short', pair: ['a', 1], rows, at: new Date(0) }),
})

defineTool({
  description,
  scopes: ['notes:read'],
  output: kinds,
  // @ts-expect-error a literal that the output schema does not list
  run: () => ({ kind: 'medium', pair: ['a', 1], rows }),
})

// A raw JSON Schema is of the type that its author gives it.
defineTool({
  description,
  scopes: ['notes:write'],
  input: jsonSchema<{ id: string }>({ type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }),
  run({ id }) {
    same<typeof id, string>(true)
    return id
  },
})

// Of several sets of scopes one is enough.
defineTool({
  description,
  scopes: { anyOf: [['notes:write'], ['notes:read']] },
  run(_, { caller }) {
    same<typeof caller.scopes, readonly ('notes:read' | 'notes:write')[]>(true)
    return caller.subject
  },
})

// @ts-expect-error a scope that the server does not declare, in one of the sets
defineTool({ description, scopes: { anyOf: [['notes:read'], ['notes:wirte']] }, run: () => '' })

// @ts-expect-error no set
defineTool({ description, scopes: { anyOf: [] }, run: () => '' })

// @ts-expect-error an empty set
defineTool({ description, scopes: { anyOf: [['notes:read'], []] }, run: () => '' })

// What is hidden, and how a caller must have logged in.
defineTool({ description, access: 'authenticated', onlyFor: { clientIds: ['desk'] }, run: () => '' })
defineTool({
  description,
  scopes: ['notes:write'],
  onlyFor: { tenants: ['acme'], issuers: [env('STAFF_ISSUER'), 'https://login.example.com'] },
  run: () => '',
})

// @ts-expect-error what everybody may use is not for some alone
defineTool({ description, access: 'public', onlyFor: { clientIds: ['desk'] }, run: () => '' })

// @ts-expect-error a list that names nobody could be read as everybody
defineTool({ description, scopes: ['notes:write'], onlyFor: { clientIds: [] }, run: () => '' })

defineTool({ description, scopes: ['notes:write'], whenDenied: 'hide', run: () => '' })
defineTool({ description, access: 'authenticated', freshLogin: { maxAgeSeconds: 60 }, acr: ['phr'], run: () => '' })

// @ts-expect-error every caller with a token may: there is nobody to hide it from
defineTool({ description, access: 'authenticated', whenDenied: 'hide', run: () => '' })

// @ts-expect-error everybody may, without a login
defineTool({ description, access: 'public', freshLogin: { maxAgeSeconds: 60 }, run: () => '' })

// @ts-expect-error no level would do
defineTool({ description, scopes: ['notes:write'], acr: [], run: () => '' })

// Scopes by arguments: picked from what is declared, by what the schema parsed.
defineTool({
  description,
  scopes: ['notes:read'],
  input,
  argumentScopes: {
    declared: ['notes:write'],
    pick({ id }) {
      same<typeof id, string>(true)
      return id === '' ? [] : ['notes:write']
    },
  },
  run: ({ id }) => id,
})

defineTool({
  description,
  scopes: ['notes:read'],
  input,
  // @ts-expect-error a scope that is not among the declared ones
  argumentScopes: { declared: ['notes:write'], pick: () => ['notes:read'] },
  run: ({ id }) => id,
})

defineTool({
  description,
  scopes: ['notes:read'],
  input,
  // @ts-expect-error a scope that the server does not declare
  argumentScopes: { declared: ['notes:wirte'], pick: () => [] },
  run: ({ id }) => id,
})

// A rule about the object gets what the handler gets.
defineTool({
  description,
  scopes: ['notes:write'],
  input,
  authorize({ input: { id }, caller, services }) {
    same<typeof id, string>(true)
    return services.notes !== undefined && caller.subject === id
  },
  run: ({ id }) => id,
})

// @ts-expect-error a rule says yes or no
defineTool({ description, scopes: ['notes:write'], input, authorize: () => 'yes', run: ({ id }) => id })

// @ts-expect-error there is no caller that it could be about
defineTool({ description, access: 'public', input, authorize: () => true, run: ({ id }) => id })

// A handler is given what it says that it uses, and nothing else.
defineTool({
  description,
  scopes: ['notes:read'],
  uses: ['progress', 'logging', 'elicitation', 'roots', 'changes', 'polling'],
  async run(_, { ask, canAsk, changes, hangUp, log, progress }) {
    await progress({ progress: 1, total: 2 })
    await log('info', { any: 'data' })
    const { who, where, page } = await ask({
      who: form(
        'Who?',
        {
          name: { type: 'string' },
          age: { type: 'integer' },
          size: { type: 'string', enum: ['s', 'm'] },
          days: { type: 'array', items: { anyOf: [{ const: 'mo', title: 'Monday' }] } },
          more: { type: 'boolean' },
        },
        { optional: ['more'] },
      ),
      where: roots(),
      page: visit('Pay', 'https://pay.example.com/1'),
    })
    if (who.action !== 'accept') {
      // @ts-expect-error nothing was filled in
      who.content
      return who.action
    }
    same<typeof who.content.name, string>(true)
    same<typeof who.content.age, number>(true)
    same<typeof who.content.size, 's' | 'm'>(true)
    same<typeof who.content.days, readonly 'mo'[]>(true)
    same<typeof who.content.more, boolean | undefined>(true)
    // @ts-expect-error no such field
    who.content.missing
    changes.resource(where[0]?.uri ?? '')
    hangUp()
    // @ts-expect-error it does not use sampling
    await ask({ said: sample({ messages: [], maxTokens: 1 }) })
    // @ts-expect-error it does not use sampling
    return `${page.action} ${canAsk('sampling')}`
  },
})

defineTool({
  description,
  scopes: ['notes:read'],
  uses: ['sampling'],
  // @ts-expect-error it does not use progress
  async run(_, { ask, progress }) {
    const { said } = await ask({
      said: sample({ messages: [{ role: 'user', content: text('Hi') }], maxTokens: 1 }),
    })
    return [said.model, progress].join(' ')
  },
})

// @ts-expect-error it uses nothing
defineTool({ description, scopes: ['notes:read'], run: (_, { log }) => String(log) })

// @ts-expect-error no such use
defineTool({ description, scopes: ['notes:read'], uses: ['network'], run: () => '' })

// Content of every kind.
defineTool({
  description,
  access: 'public',
  run: () => ({
    content: [
      text('a', { audience: ['user'], priority: 1 }),
      image(new Uint8Array(), 'image/png'),
      audio('AA==', 'audio/wav'),
      resource({ uri: 'notes://all', text: 'a' }),
      link({ uri: 'notes://all', name: 'all' }),
    ],
  }),
})

// Icons are https or data: URIs of pictures, and metadata is what JSON can say.
defineTool({
  description,
  scopes: ['notes:read'],
  icons: [
    { src: 'https://example.com/a.png', mimeType: 'image/png', sizes: ['48x48', 'any'], theme: 'dark' },
    { src: 'data:image/png;base64,iVBORw0KGgo=' },
  ],
  _meta: { 'com.example/panel': { wide: true, columns: [1, null] } },
  run: () => 'done',
})

defineTool({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error no client fetches an icon without TLS
  icons: [{ src: 'http://example.com/a.png' }],
  run: () => 'done',
})

defineTool({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error no client shows this
  icons: [{ src: 'https://example.com/a.gif', mimeType: 'image/gif' }],
  run: () => 'done',
})

defineTool({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error a function is nothing that JSON can say
  _meta: { 'com.example/panel': () => true },
  run: () => 'done',
})

// A handler gets tokens for the services that it declares, and for no others.
defineTool({
  description: 'Attach a file',
  scopes: ['notes:write'],
  downstream: [
    { audience: 'https://files.example.com', scopes: ['files:read', 'files:write'] },
    { resource: 'https://mail.example.com/api', scopes: ['mail:send'] },
  ],
  async run(_, { exchangeToken, caller }) {
    const { accessToken, scopes, expiresAt } = await exchangeToken({
      audience: 'https://files.example.com',
      scopes: ['files:read'],
    })
    same<typeof accessToken, string>(true)
    same<typeof scopes, readonly string[]>(true)
    same<typeof expiresAt, number | undefined>(true)
    await exchangeToken({ resource: 'https://mail.example.com/api' })
    // @ts-expect-error a service that is not declared
    await exchangeToken({ audience: 'https://other.example.com' })
    // @ts-expect-error a scope of another service
    await exchangeToken({ audience: 'https://files.example.com', scopes: ['mail:send'] })
    // @ts-expect-error no scopes would be whatever the authorization server gives
    await exchangeToken({ audience: 'https://files.example.com', scopes: [] })
    // @ts-expect-error a resource that is declared as an audience
    await exchangeToken({ resource: 'https://files.example.com' })
    // @ts-expect-error what a client says is no declared service
    await exchangeToken({ audience: caller.subject })
    return 'attached'
  },
})

defineTool({
  description: 'Attach a file',
  scopes: ['notes:write'],
  // @ts-expect-error nothing is declared, and nothing is there
  run: async (_, { exchangeToken }) => String(exchangeToken),
})

defineTool({
  description: 'Attach a file',
  scopes: ['notes:write'],
  uses: ['progress'],
  // @ts-expect-error a service without scopes
  downstream: [{ audience: 'https://files.example.com', scopes: [] }],
  run: () => 'attached',
})

defineTool({
  description: 'Attach a file',
  scopes: ['notes:write'],
  // @ts-expect-error a service has one name
  downstream: [{ audience: 'a', resource: 'https://b.example.com', scopes: ['c'] }],
  run: () => 'attached',
})

defineTool({
  description: 'Attach a file',
  scopes: ['notes:write'],
  downstream: [{ audience: 'https://files.example.com', scopes: ['files:read'] }],
  async run(_, { exchangeToken }) {
    try {
      return (await exchangeToken({ audience: 'https://files.example.com' })).accessToken
    } catch (error) {
      if (!(error instanceof TokenExchangeError)) throw error
      same<typeof error.code, TokenExchangeCode>(true)
      return error.code === 'unavailable' ? `later: ${error.retryAfter}` : 'never'
    }
  },
})
