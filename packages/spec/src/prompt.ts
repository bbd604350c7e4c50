import type { Access, ContextOf, ObjectRule } from './access.js'
import type { Completions } from './complete.js'
import type { ContentBlock } from './content.js'
import type { Downstream, DownstreamContext } from './downstream.js'
import type { Icon } from './icon.js'
import type { InputOf, OutputOf, StandardSchema } from './schema.js'
import type { Use, UsesContext } from './uses.js'

/** A schema of what clients send for a prompt: an object of texts, each of which may be optional. */
export type ArgumentsSchema = StandardSchema<{ readonly [name: string]: string | undefined }, unknown>

/** One message of a conversation that a prompt starts. */
export interface PromptMessage {
  readonly role: 'user' | 'assistant'
  readonly content: string | ContentBlock
}

/** What `run` may return: a text is one message of the user. */
export type PromptResult = string | readonly PromptMessage[]

type Parsed<Arguments> = Arguments extends ArgumentsSchema ? OutputOf<Arguments> : Record<never, never>
type ArgumentName<Arguments> = Arguments extends ArgumentsSchema ? Extract<keyof InputOf<Arguments>, string> : never

/** A prompt: what it is for, what it takes, who may get it, what it says. */
export interface PromptSpec<
  Arguments extends ArgumentsSchema | undefined = ArgumentsSchema | undefined,
  Level = unknown,
  Uses extends readonly Use[] = readonly Use[],
  Services extends readonly Downstream[] = readonly Downstream[],
> extends ObjectRule<Parsed<Arguments>> {
  /** What the person reads to decide whether to use it. */
  readonly description: string
  /** For people: the name in a client's menu. */
  readonly title?: string
  /** Pictures for people; a client takes the one that suits it best. At most 8. */
  readonly icons?: readonly Icon[]
  /**
   * What clients send: an object whose properties are texts, since the protocol
   * knows nothing else. `.describe()` says what each is for. Without one, the
   * prompt takes no arguments.
   */
  readonly arguments?: Arguments
  /** What it does besides answering: its context has that, and nothing else. Written out, like the scopes. */
  readonly uses?: Uses
  /** The services that it calls in its caller's name. Written out, like the scopes; they stand in `ACCESS.md`. */
  readonly downstream?: Services
  /** Suggestions for the arguments. */
  readonly complete?: Completions<ArgumentName<Arguments>, ContextOf<Level> & DownstreamContext<Services>>
  /**
   * Answers a request that the guard let through. Throw `PromptError` for a
   * failure that the caller should read.
   */
  run(
    args: Parsed<Arguments>,
    context: ContextOf<Level> & UsesContext<Uses> & DownstreamContext<Services>,
  ): PromptResult | Promise<PromptResult>
}

/** Declares a prompt; the default export of a file in `mcp/prompts/`, which names it. */
export function definePrompt<
  Arguments extends ArgumentsSchema | undefined = undefined,
  Level extends 'authenticated' | 'public' | undefined = undefined,
  const Uses extends readonly Use[] = readonly [],
  const Services extends readonly Downstream[] = readonly [],
>(
  prompt: Access & { readonly access?: Level } & PromptSpec<Arguments, Level, Uses, Services>,
): PromptSpec<Arguments, Level, Uses, Services> {
  return prompt
}
