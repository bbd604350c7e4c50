import type { Access, ContextOf, ObjectRule } from './access.js'
import type { Completions } from './complete.js'
import type { ContentAnnotations } from './content.js'
import type { Downstream, DownstreamContext } from './downstream.js'
import type { Icon } from './icon.js'
import type { Metadata } from './metadata.js'
import type { OutputOf, StandardSchema } from './schema.js'
import type { VariableName } from './uri-template.js'

/** A schema of one variable: it takes the text that stands in the URI. */
export type TextSchema = StandardSchema<string, unknown>

/** Content that is text. Without a `mimeType` it has the resource's, or `text/plain`. */
export interface ResourceText {
  readonly text: string
  readonly mimeType?: string
}

/** Content that is not text; it travels as base64. */
export interface ResourceBlob {
  readonly blob: Uint8Array
  readonly mimeType: string
}

export type ResourceContent = string | ResourceText | ResourceBlob

/** What `read` may return; `undefined` or `null` when there is no such thing for this caller. */
export type ResourceResult = ResourceContent | readonly ResourceContent[] | undefined | null

/** One concrete resource of a template, as `resources/list` shows it to the caller. */
export interface ListedResource<Name extends string = string> {
  /** The values that stand in its URI, as text, not encoded. */
  readonly variables: { readonly [Key in Name]: string }
  /** A short name; by default the values of its variables. */
  readonly name?: string
  /** For people: clients show it instead of the name. */
  readonly title?: string
  readonly description?: string
  /** By default the one of the template. */
  readonly mimeType?: string
  /** Pictures for people, at most 8. Long lists had better name them by their URL. */
  readonly icons?: readonly Icon[]
  readonly annotations?: ContentAnnotations
  /** Bytes of the content, before it is encoded for its way. */
  readonly size?: number
  /** For clients that know more than the protocol does. */
  readonly _meta?: Metadata
}

type VariableSchemas<Name extends string> = { readonly [Key in Name]: TextSchema }
type ParsedVariables<Variables> = { readonly [Key in keyof Variables]: OutputOf<Variables[Key]> }

/**
 * Lets clients subscribe to changes of a resource: `subscribe`. Whoever may read
 * it and for whom this function says yes is told; it is asked when somebody
 * subscribes, and again at every change. `true` stands for "whoever holds the
 * scopes"; of a template somebody has to say who may know of which one.
 */
export type Subscribable<Variables, Context> = true | MayWatch<Variables, Context>

type MayWatch<Variables, Context> = (
  variables: ParsedVariables<Variables>,
  context: Context,
) => boolean | Promise<boolean>

/** A resource: where it is, what it is, who may read it, what it holds. */
export interface ResourceSpec<
  Uri extends string = string,
  Variables = unknown,
  Level = unknown,
  Name extends string = VariableName<Uri>,
  Services extends readonly Downstream[] = readonly Downstream[],
> extends ObjectRule<ParsedVariables<Variables>> {
  /**
   * One URI, such as `notes://all`, or a template with variables, such as
   * `notes://note/{id}`. A variable fills the whole part between two slashes;
   * `{+path}`, at the end only, fills one part or several. Written out as a
   * literal: it decides what a request for a URI is about.
   */
  readonly uri: Uri
  /** What the model, or the person, reads to decide whether to read it. */
  readonly description: string
  /** For people: the name in a client's list of resources. */
  readonly title?: string
  /** Pictures for people; a client takes the one that suits it best. At most 8. */
  readonly icons?: readonly Icon[]
  /** What `read` returns, unless it says otherwise. */
  readonly mimeType?: string
  /**
   * A schema for each variable of the URI, and for nothing else. It gets the
   * text between the slashes, decoded once. A URI whose variables do not fit is
   * one that does not exist.
   */
  readonly variables?: Variables
  /** The services that it calls in its caller's name. Written out, like the scopes; they stand in `ACCESS.md`. */
  readonly downstream?: Services
  /**
   * Which concrete resources of the template there are for this caller. Without
   * it clients see only the template. It runs for callers who may read.
   */
  list?(
    context: ContextOf<Level> & DownstreamContext<Services>,
  ): readonly ListedResource<Name>[] | Promise<readonly ListedResource<Name>[]>
  /** Suggestions for the variables of the template. */
  readonly complete?: Completions<Name, ContextOf<Level> & DownstreamContext<Services>>
  /**
   * Answers a read that the guard let through. Return `undefined` when there is
   * no such thing for this caller: whether another caller could read it is not
   * told. Throw `ResourceError` for a failure that the caller should read.
   */
  read(
    variables: ParsedVariables<Variables>,
    context: ContextOf<Level> & DownstreamContext<Services>,
  ): ResourceResult | Promise<ResourceResult>
}

/** A template needs a schema for each of its variables; one URI has none, and nothing to list or complete. */
type TemplateParts<Uri extends string, Variables, Level> = [VariableName<Uri>] extends [never]
  ? {
      readonly variables?: never
      readonly list?: never
      readonly complete?: never
      readonly subscribe?: Subscribable<Variables, ContextOf<Level>>
    }
  : {
      readonly variables: Variables & { readonly [Key in Exclude<keyof Variables, VariableName<Uri>>]: never }
      readonly subscribe?: MayWatch<Variables, ContextOf<Level>>
    }

/** Declares a resource; the default export of a file in `mcp/resources/`, which names it. */
export function defineResource<
  const Uri extends string,
  Variables extends VariableSchemas<VariableName<Uri>> = VariableSchemas<VariableName<Uri>>,
  Level extends 'authenticated' | 'public' | undefined = undefined,
  const Services extends readonly Downstream[] = readonly [],
>(
  resource: Access & { readonly access?: Level } & ResourceSpec<Uri, Variables, Level, VariableName<Uri>, Services> &
    TemplateParts<Uri, NoInfer<Variables>, Level>,
): ResourceSpec<Uri, Variables, Level, VariableName<Uri>, Services> {
  return resource
}
