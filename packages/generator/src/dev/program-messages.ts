/** supervisor → a program of the project */
export type ToProgram =
  /** Import this module, by URL. */
  | { readonly type: 'load'; readonly module: string }
  /** The same, and tell whether it then listens. */
  | { readonly type: 'run'; readonly module: string }
  /** End as on SIGTERM: answer what was taken, close what is open. */
  | { readonly type: 'end' }

/** a program of the project → supervisor */
export type FromProgram =
  | { readonly type: 'loaded'; readonly module: string }
  | { readonly type: 'threw'; readonly module: string; readonly error: string }
  /** Sent by `start` of the runtime, by `serve` of the authorization server, and for who uses neither. */
  | { readonly type: 'listening'; readonly port: number }
  /** The program was run, and nothing listens where `HOST` and `PORT` say. */
  | { readonly type: 'silent' }
