/** What a call came to. Nothing that a server, a network or a user can do is thrown. */
export type CallResult<Value> = { readonly ok: true; readonly value: Value } | CallFailure

export type CallFailure =
  | {
      readonly ok: false
      readonly error: 'insufficient-scope'
      /** The scopes that the token lacks. */
      readonly missing: readonly string[]
      /** What to ask the user for, with `logIn(scopes)`: that, and what the token holds already. */
      readonly scopes: readonly string[]
    }
  | {
      readonly ok: false
      readonly error: 'login-required'
      /** What a login asks for: the scopes of every tool that the client was made for. */
      readonly scopes: readonly string[]
      /** Whether the user was sent to log in: then `finishLogIn` comes next. */
      readonly redirected: boolean
    }
  /** The tool says what to do differently. */
  | { readonly ok: false; readonly error: 'tool-error'; readonly text: string }
  /** The server did not understand, or the client did not: JSON-RPC error codes. */
  | { readonly ok: false; readonly error: 'protocol-error'; readonly code: number; readonly message: string }
  /** No answer: the network, the server or the authorization server failed. */
  | { readonly ok: false; readonly error: 'no-answer'; readonly message: string; readonly cause: unknown }
