/**
 * A schema as the Standard Schema specification describes it, version 1: what
 * both Zod 3 and Zod 4 objects are. Types only, so that the DSL binds a project
 * to neither.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => unknown
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** What a caller sends for a schema. */
export type InputOf<S> = S extends StandardSchema<infer Input, unknown> ? Input : never

/** What a schema hands on after parsing. */
export type OutputOf<S> =
  S extends StandardSchema<never, infer Output>
    ? Output
    : S extends { readonly '~standard': { readonly types?: { readonly output: infer Output } | undefined } }
      ? Output
      : never
