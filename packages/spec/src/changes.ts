/**
 * Tells clients that something changed. They are told only what they subscribed
 * to and may read at that moment; what it changed to they have to ask for.
 */
export interface Changes {
  /** The resource with this URI: what it holds changed, or it is gone. */
  resource(uri: string): void
  /** Which resources there are: for everybody, or for the subject whose list it is. */
  resourceList(whose?: { readonly subject: string }): void
  /** Which tools there are: another version of this server has others. */
  toolList(): void
  /** Which prompts there are: another version of this server has others. */
  promptList(): void
}
