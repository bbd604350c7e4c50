import type { ContentBlock } from './content.js'

/** Whom a question is for: the person, the client's model, the client itself. */
export type QuestionKind = 'elicitation' | 'sampling' | 'roots'

interface FieldOf<Type extends string> {
  readonly type: Type
  readonly title?: string
  readonly description?: string
}

export interface TextField extends FieldOf<'string'> {
  readonly minLength?: number
  readonly maxLength?: number
  readonly format?: 'email' | 'uri' | 'date' | 'date-time'
  readonly default?: string
}

export interface NumberField extends FieldOf<'number' | 'integer'> {
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: number
}

export interface BooleanField extends FieldOf<'boolean'> {
  readonly default?: boolean
}

/** One of several texts; with `oneOf`, each has a title for people. */
export interface ChoiceField<Value extends string = string> extends FieldOf<'string'> {
  readonly enum?: readonly Value[]
  /** Titles for `enum`, in its order. Clients before 2025-11-25 know no other way. */
  readonly enumNames?: readonly string[]
  readonly oneOf?: readonly { readonly const: Value; readonly title: string }[]
  readonly default?: NoInfer<Value>
}

/** Several of several texts. */
export interface ChoicesField<Value extends string = string> extends FieldOf<'array'> {
  readonly items:
    | { readonly type: 'string'; readonly enum: readonly Value[] }
    | { readonly anyOf: readonly { readonly const: Value; readonly title: string }[] }
  readonly minItems?: number
  readonly maxItems?: number
  readonly default?: readonly NoInfer<Value>[]
}

/** What the protocol lets a form have (MCP, elicitation): flat, and nothing that is not simple. */
export type FormField = TextField | NumberField | BooleanField | ChoiceField | ChoicesField
export type FormFields = { readonly [name: string]: FormField }

type ValueOf<Field> = Field extends { readonly type: 'boolean' }
  ? boolean
  : Field extends { readonly type: 'number' | 'integer' }
    ? number
    : Field extends { readonly items: { readonly enum: readonly (infer Value)[] } }
      ? readonly Value[]
      : Field extends { readonly items: { readonly anyOf: readonly { readonly const: infer Value }[] } }
        ? readonly Value[]
        : Field extends { readonly enum: readonly (infer Value)[] }
          ? Value
          : Field extends { readonly oneOf: readonly { readonly const: infer Value }[] }
            ? Value
            : string

type ValuesOf<Fields, Optional> = {
  readonly [Name in keyof Fields as Name extends Optional ? never : Name]: ValueOf<Fields[Name]>
} & {
  readonly [Name in keyof Fields as Name extends Optional ? Name : never]?: ValueOf<Fields[Name]>
}

/** What a person did with a question: filled it in, said no, or closed it. */
export type FormAnswer<Values> =
  | { readonly action: 'accept'; readonly content: Values }
  | { readonly action: 'decline' | 'cancel' }

/** What a person did when a page was to be opened; what happens on the page the server learns by itself. */
export interface VisitAnswer {
  readonly action: 'accept' | 'decline' | 'cancel'
}

/** What the client's model said. It is as trustworthy as the client. */
export interface SamplingAnswer {
  readonly role: 'user' | 'assistant'
  readonly content: unknown
  readonly model: string
  readonly stopReason?: string
}

export interface Root {
  readonly uri: string
  readonly name?: string
}

export interface SamplingRequest {
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: ContentBlock }[]
  readonly maxTokens: number
  readonly systemPrompt?: string
  readonly temperature?: number
  readonly stopSequences?: readonly string[]
  readonly modelPreferences?: {
    readonly hints?: readonly { readonly name: string }[]
    readonly costPriority?: number
    readonly speedPriority?: number
    readonly intelligencePriority?: number
  }
}

/** A question to the client, and the type of its answer. */
export interface Question<Kind extends QuestionKind = QuestionKind, Answer = unknown> {
  readonly kind: Kind
  readonly mode?: 'form' | 'url'
  readonly params: unknown
  /** Only a type: what the answer is. */
  readonly answer?: Answer
}

/**
 * A form for the person. Every field has to be filled in, except those in
 * `optional`. Never for a password or a key: the client and its model see what
 * is typed; use `visit` for those.
 */
export function form<const Fields extends FormFields, const Optional extends Extract<keyof Fields, string> = never>(
  message: string,
  fields: Fields,
  options: { readonly optional?: readonly Optional[] } = {},
): Question<'elicitation', FormAnswer<ValuesOf<Fields, Optional>>> {
  const optional: readonly string[] = options.optional ?? []
  const required = Object.keys(fields).filter((name) => !optional.includes(name))
  const requestedSchema = { type: 'object', properties: fields, ...(required.length > 0 && { required }) }
  return { kind: 'elicitation', mode: 'form', params: { message, requestedSchema } }
}

/** A page that the person is asked to open: for a login elsewhere, a payment, a secret. */
export function visit(message: string, url: string): Question<'elicitation', VisitAnswer> {
  return { kind: 'elicitation', mode: 'url', params: { mode: 'url', message, url } }
}

/** A message for the client's model. The client decides which one, and may show it to the person first. */
export function sample(request: SamplingRequest): Question<'sampling', SamplingAnswer> {
  return { kind: 'sampling', params: request }
}

/** Which folders the client works in. */
export function roots(): Question<'roots', readonly Root[]> {
  return { kind: 'roots', params: {} }
}

type Answers<Questions> = {
  readonly [Name in keyof Questions]: Questions[Name] extends Question<QuestionKind, infer Answer> ? Answer : never
}

/** What a handler gets that asks its client. */
export interface Ask<Kind extends QuestionKind> {
  /**
   * Asks the client, all of it at once, and resolves with the answers. In
   * 2026-07-28 the client is answered with the questions, and the handler runs
   * **again from its start** when it comes back with the answers: what stands
   * before `ask` has to bear being run more than once. Ask under a name that
   * says what it is; asking under the same name again gives the same answer.
   *
   * A client that cannot be asked that gets the protocol's error: `canAsk` tells
   * before. Do not catch what `ask` throws: it is how the handler ends for now.
   */
  ask<const Questions extends { readonly [name: string]: Question<Kind> }>(
    questions: Questions,
  ): Promise<Answers<Questions>>
  /** Whether this client can be asked that. */
  canAsk(what: Kind | (Kind extends 'elicitation' ? 'visit' : never)): boolean
}
