/** Whether a value travels inside a property of an object, and which. */
export interface Travels {
  readonly wrapped: string | null
}

/** What a client has to know of one tool. */
export type ClientTool = (
  | { readonly access: 'scopes'; readonly scopes: readonly string[] }
  | { readonly access: 'any-of'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly access: 'authenticated' | 'public' }
) & {
  readonly input: Travels | null
  /** `null` for a tool that answers with text. */
  readonly output: Travels | null
}

export type ClientTools = Readonly<Record<string, ClientTool>>

/** The content of `client.gen.ts`. */
export interface ClientDefinition {
  /** The name of the server; what the client calls itself after. */
  readonly server: string
  readonly tools: ClientTools
}
