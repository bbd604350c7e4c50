/** What has been filled in besides the value that is being completed: as the client sent it, checked by nothing. */
export interface Others<Name extends string> {
  readonly others: { readonly [Key in Name]?: string }
}

/**
 * Suggests values while a person types one, for each variable or argument that
 * has a function here. It gets the text so far, which may be empty, and returns
 * what it could become, best first; clients are told the first hundred. It runs
 * only for callers who could read the resource or get the prompt itself, and
 * has to leave out what such a caller may not know of.
 */
export type Completions<Name extends string, Context> = {
  readonly [Key in Name]?: (
    value: string,
    context: Context & Others<Exclude<Name, Key>>,
  ) => readonly string[] | Promise<readonly string[]>
}
