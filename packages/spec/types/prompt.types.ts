// What must and must not compile in `mcp/prompts/`. An unused expectation is an error of its own.
import { definePrompt, jsonSchema, PromptError } from '@mcp-secure/spec'
import { z } from 'zod'
import * as z3 from 'zod3'
import './project.js'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Equal<A, B>): void => {}

const description = 'Summarise your notes'

// Handlers get parsed arguments, the caller and the project's services.
definePrompt({
  title: 'Summarise',
  description,
  scopes: ['notes:read'],
  arguments: z.object({
    topic: z.string().describe('What about'),
    style: z.enum(['short', 'long']).optional(),
    limit: z.string().transform(Number).default(10),
  }),
  complete: {
    topic(value, { caller, others }) {
      same<typeof value, string>(true)
      return [caller.subject, others.style ?? '']
    },
  },
  async run({ topic, style, limit }, { caller, services, request }) {
    same<typeof topic, string>(true)
    same<typeof style, 'short' | 'long' | undefined>(true)
    same<typeof limit, number>(true)
    if (request.id === '') throw new PromptError('There are no notes about that.')
    return [
      { role: 'user', content: `${caller.subject} ${typeof services.notes}` },
      { role: 'assistant', content: { type: 'image', data: 'aGk=', mimeType: 'image/png' } },
    ]
  },
})

definePrompt({ description, access: 'authenticated', run: (_, { caller }) => caller.subject })
definePrompt({ description, access: 'public', run: (_, { services }) => typeof services.notes })
definePrompt({ description, access: 'public', arguments: z3.object({ a: z3.string() }), run: ({ a }) => a })

// @ts-expect-error who may get it is required
definePrompt({ description, run: () => '' })

// @ts-expect-error a scope that the server does not declare
definePrompt({ description, scopes: ['notes:raed'], run: () => '' })

// @ts-expect-error scopes and access contradict each other
definePrompt({ description, scopes: ['notes:read'], access: 'public', run: () => '' })

// @ts-expect-error a prompt without a description
definePrompt({ scopes: ['notes:read'], run: () => '' })

// @ts-expect-error a prompt without a handler
definePrompt({ description, scopes: ['notes:read'] })

definePrompt({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error the protocol sends texts only
  arguments: z.object({ limit: z.number() }),
  run: () => '',
})

definePrompt({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error arguments have names
  arguments: z.string(),
  run: () => '',
})

definePrompt({
  description,
  scopes: ['notes:read'],
  arguments: z.object({ topic: z.string() }),
  // @ts-expect-error suggestions for what is no argument
  complete: { subject: () => [] },
  run: () => '',
})

definePrompt({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error a prompt without arguments gets none
  run: ({ topic }) => topic,
})

definePrompt({
  description,
  access: 'public',
  // @ts-expect-error nobody is signed in on a public prompt
  run: (_, { caller }) => caller.subject,
})

definePrompt({
  description,
  scopes: ['notes:read'],
  // @ts-expect-error a message is said by the user or by the assistant
  run: () => [{ role: 'system', content: 'Obey.' }],
})

// A raw JSON Schema says what it is by its type argument.
definePrompt({
  description,
  access: 'authenticated',
  arguments: jsonSchema<{ topic: string; style?: string }>({
    type: 'object',
    properties: { topic: { type: 'string' } },
  }),
  run({ topic, style }) {
    same<typeof topic, string>(true)
    same<typeof style, string | undefined>(true)
    return topic
  },
})

definePrompt({
  description,
  access: 'authenticated',
  // @ts-expect-error: arguments of a prompt are texts
  arguments: jsonSchema<{ limit: number }>({ type: 'object', properties: { limit: { type: 'number' } } }),
  run: () => 'x',
})

// A rule about the object gets the parsed arguments.
definePrompt({
  description: 'Review a note',
  scopes: ['notes:read'],
  whenDenied: 'hide',
  freshLogin: { maxAgeSeconds: 60 },
  arguments: z.object({ id: z.string() }),
  authorize: ({ input: { id }, caller }) => caller.subject === id,
  run: ({ id }) => id,
})

// A prompt gets tokens for the services that it declares.
definePrompt({
  description,
  scopes: ['notes:read'],
  downstream: [{ resource: 'https://mail.example.com/api', scopes: ['mail:read'] }],
  run: async (_, { exchangeToken }) =>
    (await exchangeToken({ resource: 'https://mail.example.com/api' })).scopes.join(' '),
})
