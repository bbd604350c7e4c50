import type { Access, ArgumentScopes, ContextOf, ObjectRule } from './access.js'
import type { ContentBlock } from './content.js'
import type { Downstream, DownstreamContext } from './downstream.js'
import type { Icon } from './icon.js'
import type { ToolAudit, ToolLimits } from './limits.js'
import type { Metadata } from './metadata.js'
import type { ScopeName } from './register.js'
import type { InputOf, OutputOf, StandardSchema } from './schema.js'
import type { Use, UsesContext } from './uses.js'

/** Hints for clients. They decide nothing: access is decided by scopes alone. */
export interface ToolAnnotations {
  readonly readOnlyHint?: boolean
  readonly destructiveHint?: boolean
  readonly idempotentHint?: boolean
  readonly openWorldHint?: boolean
}

/** What a tool without an output schema may return instead of a string. */
export interface ToolContent {
  readonly content: readonly ContentBlock[]
}

type Parsed<Input> = Input extends StandardSchema ? OutputOf<Input> : Record<never, never>
type Returned<Output> = Output extends StandardSchema ? DeepReadonly<InputOf<Output>> : string | ToolContent
/** A handler may return what it must not change: rows of a cache, a constant. */
type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T

/** A tool: what it is, what it takes and gives, who may call it, what it does. */
export interface ToolSpec<
  Input extends StandardSchema | undefined = StandardSchema | undefined,
  Output extends StandardSchema | undefined = StandardSchema | undefined,
  Level = unknown,
  Result = Returned<Output>,
  Uses extends readonly Use[] = readonly Use[],
  Services extends readonly Downstream[] = readonly Downstream[],
> extends ObjectRule<Parsed<Input>> {
  /** What the model reads to decide whether to call it. */
  readonly description: string
  /** For people: the name in a client's list of tools. */
  readonly title?: string
  /** Pictures for people; a client takes the one that suits it best. At most 8. */
  readonly icons?: readonly Icon[]
  /** For clients that know more than the protocol does. */
  readonly _meta?: Metadata
  readonly annotations?: ToolAnnotations
  /** How often one subject may call it, if that is less than what the server allows for all of its requests. */
  readonly limits?: ToolLimits
  /** What of a call is kept in the audit record; nothing of the arguments unless it says so. */
  readonly audit?: ToolAudit
  /** What callers send. Without one, the tool takes no arguments. */
  readonly input?: Input
  /** What the tool returns. With one, clients get structured content as well as text. */
  readonly output?: Output
  /** What it does besides answering: its context has that, and nothing else. Written out, like the scopes. */
  readonly uses?: Uses
  /** The services that it calls in its caller's name. Written out, like the scopes; they stand in `ACCESS.md`. */
  readonly downstream?: Services
  /**
   * Answers a call that the guard let through: the input is parsed, the caller
   * verified. Throw `ToolError` to tell the model what to do differently.
   */
  run(
    input: Parsed<Input>,
    context: ContextOf<Level> & UsesContext<Uses> & DownstreamContext<Services>,
  ): Result | Promise<Result>
}

/** Declares a tool; the default export of a file in `mcp/tools/`, which names it. */
export function defineTool<
  Input extends StandardSchema | undefined = undefined,
  Output extends StandardSchema | undefined = undefined,
  Level extends 'authenticated' | 'public' | undefined = undefined,
  const Result extends Returned<Output> = Returned<Output>,
  const Picked extends ScopeName = ScopeName,
  const Uses extends readonly Use[] = readonly [],
  const Services extends readonly Downstream[] = readonly [],
>(
  tool: Access & { readonly access?: Level } & ToolSpec<Input, Output, Level, Result, Uses, Services> & {
      readonly argumentScopes?: ArgumentScopes<Parsed<Input>, Picked>
    },
): ToolSpec<Input, Output, Level, Result, Uses, Services> {
  return tool
}
