import type { Tool } from '@modelcontextprotocol/server'
import type {
  AccessPolicy,
  Downstream,
  ServerDefinition,
  ToolDescription,
  ToolModule,
  Use,
  WireSchema,
} from '../definition.js'
import { canBeHidden } from '../guard/is-for.js'
import { type ArgumentHeader, argumentHeaders } from './argument-headers.js'
import { downstreamOf } from './downstream-of.js'
import { iconsOf } from './icons.js'
import { withSecuritySchemes } from './security-schemes.js'
import { usesOf } from './uses/uses-of.js'

/** A tool with everything that a call needs, put together once at boot. */
export interface PreparedTool {
  readonly kind: 'tool'
  readonly name: string
  /** Whether a rule of the project decides about each object. */
  readonly isRuled: boolean
  readonly module: ToolModule
  readonly input: WireSchema
  readonly output: WireSchema | null
  /** The arguments that clients repeat in headers. */
  readonly argumentHeaders: readonly ArgumentHeader[]
  readonly uses: readonly Use[]
  /** Which services its handler may get tokens for. */
  readonly downstream: readonly Downstream[]
}

/** The tools of a server, and what `tools/list` says of them. */
export class ToolCatalogue {
  /** In the order of their names (MCP 2026-07-28: a deterministic order). */
  readonly listing: readonly Tool[]
  /** In the same order. */
  readonly all: readonly PreparedTool[]
  /** Every header that repeats an argument of some tool that is no secret. */
  readonly argumentHeaderNames: readonly string[]
  readonly #tools: ReadonlyMap<string, PreparedTool>
  readonly #policies: ReadonlyMap<string, AccessPolicy>

  constructor({ policy, schemas, tools }: ServerDefinition) {
    // A copy, so that nothing that a handler or the SDK does to it can reach the next caller.
    const entries = Object.entries(structuredClone(schemas)).sort(([a], [b]) => (a < b ? -1 : 1))
    this.#policies = new Map(Object.entries(structuredClone(policy.tools)))
    this.listing = entries.map(([name, description]) => describe(name, description))
    this.#tools = new Map(
      entries.flatMap(([name, { input, output }]) => {
        const module = Object.hasOwn(tools, name) ? tools[name] : undefined
        const uses = usesOf(policy.tools[name])
        const headers = argumentHeaders(input.schema)
        const isRuled = policy.tools[name]?.authorize === true
        const downstream = downstreamOf(policy.tools[name])
        return module
          ? [
              [
                name,
                { kind: 'tool', name, module, input, output, argumentHeaders: headers, isRuled, uses, downstream },
              ] as const,
            ]
          : []
      }),
    )
    this.all = [...this.#tools.values()]
    const open = this.all.filter(({ name }) => !canBeHidden(policy.tools[name]))
    const repeated = open.flatMap((tool) => tool.argumentHeaders.map((header) => header.name))
    this.argumentHeaderNames = [...new Set(repeated)]
  }

  /** The same list for clients that are told so which login each tool needs. */
  withSecuritySchemes(listing: readonly Tool[]): Tool[] {
    return listing.map((tool) => {
      const policy = this.#policies.get(tool.name)
      return policy === undefined ? tool : withSecuritySchemes(tool, policy)
    })
  }

  get(name: string): PreparedTool | undefined {
    return this.#tools.get(name)
  }
}

function describe(
  name: string,
  { title, description, icons, annotations, input, output, _meta }: ToolDescription,
): Tool {
  // The wire schemas are plain JSON with an object at the root: what the SDK's types say in more detail.
  return {
    name,
    ...(title === undefined ? {} : { title }),
    description,
    ...(icons === undefined ? {} : { icons: iconsOf(icons) }),
    ...(annotations === undefined ? {} : { annotations }),
    inputSchema: input.schema as Tool['inputSchema'],
    ...(output === null ? {} : { outputSchema: output.schema as NonNullable<Tool['outputSchema']> }),
    ...(_meta === undefined ? {} : { _meta }),
  }
}
