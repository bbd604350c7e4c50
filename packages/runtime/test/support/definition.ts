import { z } from 'zod'
import type { jsonSchema } from '../../../spec/src/index.js'
import type {
  AccessPolicy,
  IssuerPolicy,
  LimitsPolicy,
  ParsingSchema,
  Policy,
  ServerDefinition,
  ServicesModule,
  ToolDescription,
  ToolModule,
  ToolPolicy,
  UsingPolicy,
  WireSchema,
} from '../../src/index.js'
import { partsOf, policiesOf, type SampleOffers } from './offers.js'

/** What `jsonSchema()` of the DSL makes. */
type RawSchema = ReturnType<typeof jsonSchema>

export interface SampleTool {
  readonly access: UsingPolicy
  readonly limits?: ToolPolicy['limits']
  readonly audit?: ToolPolicy['audit']
  readonly input?: z.ZodType | RawSchema
  readonly output?: z.ZodType | RawSchema
  /** The property that the value travels in, as the generator does with a root union. */
  readonly wrapped?: string
  readonly argumentScopes?: ToolModule['argumentScopes']
  readonly authorize?: ToolModule['authorize']
  readonly run: ToolModule['run']
}

export const RESOURCE = 'https://notes.example.com/mcp'

const scopes = (...names: string[]): AccessPolicy => ({ access: 'scopes', scopes: names })

/** What happened inside the sample tools: a refused request leaves nothing here. */
export interface Witness {
  calls: { tool: string; input: unknown; context: Record<string, unknown> }[]
  /** Resolves when the tool `wait` has begun. */
  waiting: () => Promise<AbortSignal>
  finishWaiting: () => void
}

export function sampleTools(witness: Witness, gate: Gate): Record<string, SampleTool> {
  const record =
    (tool: string, result: (input: never) => unknown): ToolModule['run'] =>
    (input, context) => {
      witness.calls.push({ tool, input, context: context as Record<string, unknown> })
      return result(input as never)
    }
  return {
    whoami: {
      access: { access: 'authenticated' },
      output: z.object({ subject: z.string() }),
      run(input, context: Record<string, unknown> & { readonly caller: { readonly subject: string } }) {
        witness.calls.push({ tool: 'whoami', input, context })
        return { subject: context.caller.subject }
      },
    },
    read_notes: {
      access: scopes('notes:read'),
      input: z.object({ limit: z.number().int().default(10) }),
      output: z.object({ notes: z.array(z.string()) }),
      run: record('read_notes', () => ({ notes: ['one'], secret: 'undeclared' })),
    },
    delete_note: {
      access: scopes('notes:write'),
      input: z.strictObject({ id: z.uuid() }),
      output: z.object({ deleted: z.boolean() }),
      run: record('delete_note', () => ({ deleted: true })),
    },
    export_notes: {
      access: scopes('notes:read', 'notes:export'),
      run: record('export_notes', () => 'exported'),
    },
    choose: {
      access: { access: 'authenticated' },
      input: z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]),
      output: z.array(z.string()),
      wrapped: 'value',
      run: record('choose', (input) => [JSON.stringify(input)]),
    },
    complain: {
      access: { access: 'authenticated' },
      run: () => {
        throw Object.assign(new Error('There is no such note.'), { 'mcp-secure.tool-error': true })
      },
    },
    crash: {
      access: { access: 'authenticated' },
      run: () => {
        throw new Error('password=hunter2 at db.internal')
      },
    },
    lie: {
      access: { access: 'authenticated' },
      output: z.object({ count: z.number() }),
      run: () => ({ count: 'hunter2' }),
    },
    wait: {
      access: { access: 'authenticated' },
      run: async (_input, { signal }) => {
        gate.begun(signal)
        await gate.opened
        witness.calls.push({ tool: 'wait', input: {}, context: { aborted: signal.aborted } })
        return 'waited'
      },
    },
  }
}

export class Gate {
  readonly began: Promise<AbortSignal>
  readonly opened: Promise<void>
  begun: (signal: AbortSignal) => void = () => {}
  open: () => void = () => {}

  constructor() {
    this.began = new Promise((resolve) => {
      this.begun = resolve
    })
    this.opened = new Promise((resolve) => {
      this.open = resolve
    })
  }
}

export interface SampleOptions {
  readonly issuers: readonly IssuerPolicy[]
  readonly tools: Record<string, SampleTool>
  readonly resource?: Policy['resource']
  readonly offers?: SampleOffers
  readonly services?: ServicesModule
  readonly baseline?: boolean
  readonly limits?: LimitsPolicy
  /** Says more of it than the samples do. */
  readonly more?: (definition: ServerDefinition) => ServerDefinition
  readonly denials?: Policy['denials']
}

/** What `mcp-gen build` would write for these tools. */
export function definitionOf(options: SampleOptions): ServerDefinition {
  const definition = plainDefinition(options)
  return options.more === undefined ? definition : options.more(definition)
}

function plainDefinition(options: SampleOptions): ServerDefinition {
  const tools = Object.entries(options.tools)
  return {
    policy: {
      server: { name: 'notes', title: 'Notes', version: '1.0.0', instructions: 'Keep notes.' },
      resource: options.resource ?? RESOURCE,
      issuers: options.issuers,
      scopes: {
        'notes:read': { description: 'Read notes', baseline: options.baseline ?? true, implies: [] },
        'notes:export': { description: 'Export notes', baseline: false, implies: [] },
        'notes:write': { description: 'Write notes', baseline: false, implies: ['notes:read'] },
      },
      tools: Object.fromEntries(tools.map(([name, tool]) => [name, policyOf(tool)])),
      ...(options.limits ? { limits: options.limits } : {}),
      ...(options.denials ? { denials: options.denials } : {}),
      ...(options.offers ? policiesOf(options.offers) : {}),
    },
    schemas: Object.fromEntries(tools.map(([name, tool]) => [name, describe(name, tool)])),
    tools: Object.fromEntries(tools.map(([name, tool]) => [name, moduleOf(tool)])),
    ...(options.offers ? partsOf(options.offers) : {}),
    ...(options.services ? { services: options.services } : {}),
  }
}

function policyOf({ access, limits, audit }: SampleTool): ToolPolicy {
  return { ...access, ...(limits ? { limits } : {}), ...(audit ? { audit } : {}) }
}

function moduleOf({ input, output, argumentScopes, authorize, run }: SampleTool): ToolModule {
  return {
    run,
    ...(argumentScopes ? { argumentScopes } : {}),
    ...(authorize ? { authorize } : {}),
    ...(input ? { input: input as ParsingSchema } : {}),
    ...(output ? { output: output as ParsingSchema } : {}),
  }
}

function describe(name: string, { input, output, wrapped }: SampleTool): ToolDescription {
  const property = wrapped ?? null
  return {
    title: `The tool ${name}`,
    description: `Does ${name}`,
    annotations: { readOnlyHint: name.startsWith('read') },
    input: input
      ? wire(input, 'input', property)
      : { schema: { type: 'object', additionalProperties: false }, wrapped: null },
    output: output ? wire(output, 'output', property) : null,
  }
}

function wire(schema: z.ZodType | RawSchema, io: 'input' | 'output', wrapped: string | null): WireSchema {
  const { $schema: _dialect, ...json } = '_zod' in schema ? z.toJSONSchema(schema, { io }) : rawOf(schema)
  if (wrapped === null) return { schema: { ...json, type: 'object' }, wrapped }
  return { schema: { type: 'object', properties: { [wrapped]: json }, required: [wrapped] }, wrapped }
}

function rawOf(schema: RawSchema): Record<string, unknown> {
  const standard = schema['~standard'] as unknown as { jsonSchema: { input: () => Record<string, unknown> } }
  return standard.jsonSchema.input()
}
