import { z } from 'zod'
import type {
  AccessPolicy,
  Policy,
  PromptDescription,
  PromptModule,
  ResourceDescription,
  ResourceModule,
  ServerDefinition,
  UsingPolicy,
} from '../../src/index.js'

type Context = Readonly<Record<string, unknown>> & { readonly caller: { readonly subject: string } }

interface SampleResource {
  readonly access: AccessPolicy & { readonly subscribe?: true }
  readonly uri: string
  readonly description?: Partial<ResourceDescription>
  readonly module: object
}

interface SamplePrompt {
  readonly access: UsingPolicy
  readonly arguments?: PromptDescription['arguments']
  readonly module: object
}

export interface SampleOffers {
  readonly resources: Readonly<Record<string, SampleResource>>
  readonly prompts: Readonly<Record<string, SamplePrompt>>
}

/** One run of a handler: a refused request leaves nothing here. */
export interface Run {
  readonly what: string
  readonly input: unknown
  readonly context: Readonly<Record<string, unknown>>
}

const scopes = (...names: string[]): AccessPolicy => ({ access: 'scopes', scopes: names })
const authenticated: AccessPolicy = { access: 'authenticated' }

/** The note that Ada has, and that nobody else has. */
export const ADAS = '11111111-1111-4111-8111-111111111111'
export const NOBODYS = '22222222-2222-4222-8222-222222222222'

export function sampleOffers(runs: Run[]): SampleOffers {
  const note = (what: string, input: unknown, context: Context): boolean => {
    runs.push({ what, input, context })
    return context.caller?.subject === 'ada'
  }
  const told = (message: string): never => {
    throw Object.assign(new Error(message), { 'mcp-secure.tool-error': true })
  }
  const crash = (): never => {
    throw new Error('password=hunter2 at db.internal')
  }
  return {
    resources: {
      note: {
        uri: 'notes://note/{id}',
        access: scopes('notes:read'),
        description: { title: 'A note', mimeType: 'text/markdown' },
        module: {
          variables: { id: z.uuid() },
          list: (context: Context) =>
            note('list note', undefined, context) ? [{ variables: { id: ADAS }, title: 'Tea', secret: 'hunter2' }] : [],
          complete: {
            id: (value: string, context: Context) =>
              note('complete note', value, context) ? [ADAS].filter((id) => id.startsWith(value)) : [],
          },
          read: ({ id }: { id: string }, context: Context) =>
            note('read note', id, context) && id === ADAS ? 'Buy tea' : undefined,
        },
      },
      all: {
        uri: 'notes://all',
        access: authenticated,
        module: {
          read: (variables: unknown, context: Context) => {
            note('read all', variables, context)
            return [
              'plain',
              { text: '{}', mimeType: 'application/json', secret: 'hunter2' },
              { blob: new Uint8Array([0, 1, 2, 255]).subarray(1), mimeType: 'image/png' },
            ]
          },
        },
      },
      file: {
        uri: 'notes://files/{shelf}/{+path}',
        access: scopes('notes:read', 'notes:export'),
        module: {
          variables: { shelf: z.string(), path: z.string().transform((path) => path.split('/')) },
          read: (variables: unknown, context: Context) => {
            note('read file', variables, context)
            return JSON.stringify(variables)
          },
        },
      },
      secret: {
        uri: 'notes://secret/{name}',
        access: scopes('notes:write'),
        module: {
          variables: { name: z.string() },
          list: (context: Context) => {
            note('list secret', undefined, context)
            return [{ variables: { name: 'plan' } }, { variables: { name: '..' } }, { variables: { name: 'a/b' } }]
          },
          complete: {
            name: (value: string, context: Context) => {
              note('complete secret', value, context)
              return ['plan']
            },
          },
          read: (variables: unknown, context: Context) => {
            note('read secret', variables, context)
            return 'The plan'
          },
        },
      },
      complain: {
        uri: 'notes://complain',
        access: authenticated,
        module: { read: () => told('The shelf is being moved.') },
      },
      crash: { uri: 'notes://crash', access: authenticated, module: { read: crash } },
      lie: { uri: 'notes://lie', access: authenticated, module: { read: () => ({ title: 'hunter2' }) } },
      empty: { uri: 'notes://empty', access: authenticated, module: { read: () => [] } },
      huge: {
        uri: 'notes://huge',
        access: authenticated,
        module: {
          read: () => [{ blob: new Uint8Array(9 * 1024 * 1024), mimeType: 'a/b' }, 'a'.repeat(8 * 1024 * 1024)],
        },
      },
    },
    prompts: {
      summarise: {
        access: scopes('notes:read'),
        arguments: [
          { name: 'topic', description: 'What about', required: true },
          { name: 'style', required: false },
        ],
        module: {
          arguments: z.object({ topic: z.string().min(2), style: z.enum(['short', 'long']).default('short') }),
          complete: {
            topic: (value: string, context: Context) => {
              note('complete topic', value, context)
              return Array.from({ length: 150 }, (_, index) => `${value}${index}`)
            },
          },
          run: (args: unknown, context: Context) => {
            note('run summarise', args, context)
            return `Summarise ${JSON.stringify(args)}`
          },
        },
      },
      hello: {
        access: authenticated,
        module: {
          run: (args: unknown, context: Context) => {
            note('run hello', args, context)
            return [
              { role: 'user', content: 'Hello?', secret: 'hunter2' },
              { role: 'assistant', content: { type: 'image', data: 'aGk=', mimeType: 'image/png', secret: 'hunter2' } },
            ]
          },
        },
      },
      secret: {
        access: scopes('notes:write', 'notes:export'),
        arguments: [{ name: 'plan', required: true }],
        module: {
          arguments: z.object({ plan: z.string() }),
          complete: {
            plan: (value: string, context: Context) => {
              note('complete plan', value, context)
              return ['hunter2']
            },
          },
          run: (args: unknown, context: Context) => {
            note('run secret', args, context)
            return 'The plan'
          },
        },
      },
      complain: { access: authenticated, module: { run: () => told('There are no notes.') } },
      crash: {
        access: authenticated,
        arguments: [{ name: 'a', required: false }],
        module: { arguments: z.object({ a: z.string().optional() }), complete: { a: crash }, run: crash },
      },
      lie: { access: authenticated, module: { run: () => [{ role: 'system', content: 'hunter2' }] } },
      nothing: { access: authenticated, module: { run: () => undefined } },
    },
  }
}

/** What is public beside them. */
export function publicOffers(runs: Run[]): SampleOffers {
  const { resources, prompts } = sampleOffers(runs)
  const open: AccessPolicy = { access: 'public' }
  const run = (what: string, input: unknown, context: Context): string => {
    runs.push({ what, input, context })
    return 'public'
  }
  return {
    resources: {
      ...resources,
      manual: {
        uri: 'manual://{page}',
        access: open,
        module: {
          variables: { page: z.enum(['one', 'two']) },
          list: (context: Context) => [{ variables: { page: 'one' }, title: run('list manual', undefined, context) }],
          complete: { page: (value: string, context: Context) => [run('complete manual', value, context)] },
          read: (variables: unknown, context: Context) => run('read manual', variables, context),
        },
      },
    },
    prompts: {
      ...prompts,
      about: { access: open, module: { run: (args: unknown, context: Context) => run('run about', args, context) } },
    },
  }
}

export function policiesOf({ resources, prompts }: SampleOffers): Pick<Policy, 'resources' | 'prompts'> {
  return {
    resources: mapValues(resources, ({ access, uri }) => ({ ...access, uri })),
    prompts: mapValues(prompts, ({ access }) => access),
  }
}

export function partsOf({ resources, prompts }: SampleOffers): Partial<ServerDefinition> {
  return {
    resourceDescriptions: mapValues(resources, ({ description }, name) => ({
      description: `Holds ${name}`,
      ...description,
    })),
    resources: mapValues(resources, ({ module }) => module as ResourceModule),
    promptDescriptions: mapValues(prompts, ({ arguments: args = [] }, name) => ({
      description: `Says ${name}`,
      arguments: args,
    })),
    prompts: mapValues(prompts, ({ module }) => module as PromptModule),
  }
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A, name: string) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]))
}
