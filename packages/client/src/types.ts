import type { InputOf, OutputOf, StandardSchema } from '@mcp-secure/spec'
import type { ContentBlock } from '@modelcontextprotocol/client'
import type { CallResult } from './result.js'

/** A value as it arrives: through JSON, where a `Date` is a string. */
export type Json<T> = T extends { toJSON(key?: never): infer Written }
  ? Json<Written>
  : T extends object
    ? { readonly [Key in keyof T]: Json<T[Key]> }
    : T

/** What a tool without an output schema answers. */
export interface TextOutput {
  /** Its text blocks, one a line. */
  readonly text: string
  /** Everything that it sent, images and sounds included. */
  readonly content: readonly ContentBlock[]
}

type SchemaOf<Tool, Side extends 'input' | 'output'> = Tool extends { readonly [S in Side]?: infer Schema }
  ? NonNullable<Schema>
  : never

type Declared<Schema> = [Schema] extends [never] ? false : Schema extends StandardSchema ? true : false

/** What one has to give to call a tool: nothing, something that may be left out, or its input. */
export type ArgumentsOf<Tool> =
  Declared<SchemaOf<Tool, 'input'>> extends true
    ? Record<never, never> extends InputOf<SchemaOf<Tool, 'input'>>
      ? readonly [input?: InputOf<SchemaOf<Tool, 'input'>>]
      : readonly [input: InputOf<SchemaOf<Tool, 'input'>>]
    : readonly []

/** What a call comes to when all is well. */
export type ValueOf<Tool> =
  Declared<SchemaOf<Tool, 'output'>> extends true ? Json<OutputOf<SchemaOf<Tool, 'output'>>> : TextOutput

/** One method a tool. */
export type MethodsOf<Tools> = {
  readonly [Name in keyof Tools]: (...input: ArgumentsOf<Tools[Name]>) => Promise<CallResult<ValueOf<Tools[Name]>>>
}
