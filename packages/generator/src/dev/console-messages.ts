import type { ClientSnippet } from '../connect/client-snippet.js'

/**
 * What `mcp-gen dev` and the console tell each other over IPC. The compiler
 * must not import the console, so the same types stand in
 * `packages/console/src/definition.ts`: plain data on both sides, which a test compares.
 */

/** From the supervisor to the console. */
export type ToConsole =
  /** The whole state, sent at the start and whenever it changes. */
  | { readonly type: 'state'; readonly state: ConsoleState }
  /** One for each request message, as it happens. */
  | { readonly type: 'decision'; readonly decision: Decision }

/** From the console to the supervisor, once. */
export type FromConsole = { readonly type: 'listening'; readonly port: number }

export interface ConsoleState {
  readonly server: {
    readonly name: string
    readonly version: string
    readonly title?: string
    readonly instructions?: string
  }
  /** The resource as clients type it, same origin as the console: `http://localhost:3000/mcp`. */
  readonly resource: string
  readonly issuer: string
  /** Whether that is the embedded authorization server, where anybody logs in under any name. */
  readonly embedded: boolean
  /** Absolute path of the project, for links into an editor. */
  readonly directory: string
  readonly scopes: readonly {
    readonly name: string
    readonly description: string
    readonly baseline: boolean
    readonly implies: readonly string[]
  }[]
  readonly tools: readonly ConsoleItem[]
  readonly resources: readonly ConsoleItem[]
  readonly prompts: readonly ConsoleItem[]
  readonly clients: readonly ClientSnippet[]
  readonly build: ConsoleBuild
}

export interface ConsoleItem {
  readonly name: string
  readonly title?: string
  readonly description: string
  readonly access:
    | { readonly kind: 'scopes'; readonly scopes: readonly string[] }
    | { readonly kind: 'any-of'; readonly anyOf: readonly (readonly string[])[] }
    | { readonly kind: 'authenticated' }
    | { readonly kind: 'public' }
  /**
   * What is asked for besides and whom it is for, which services it calls in whose name, and how often: each in the
   * words of `ACCESS.md`.
   */
  readonly besides: readonly string[]
  readonly annotations: Readonly<Record<string, boolean>>
  /** `mcp/tools/delete-note.ts:6`, relative to the project. */
  readonly place: string
  /** What clients see; null where there is none (a resource, a tool without output). */
  readonly inputSchema: Readonly<Record<string, unknown>> | null
  readonly outputSchema: Readonly<Record<string, unknown>> | null
  /** Where a resource is, or the template of where (RFC 6570): `notes://{id}`. Absent elsewhere. */
  readonly uri?: string
}

export interface ConsoleBuild {
  readonly status: 'building' | 'live' | 'failed'
  readonly milliseconds: number
  /** Errors and warnings of mcp-gen and of the type check, already in words. */
  readonly findings: readonly {
    readonly place: string
    readonly severity: 'error' | 'warning'
    readonly code: string
    readonly message: string
    readonly fix?: string
  }[]
}

export interface Decision {
  /** Request id, the same as in the server's log. */
  readonly id: string
  /** ISO 8601. */
  readonly at: string
  /** JSON-RPC method, or the HTTP method when the body was never read. */
  readonly method: string
  /** Tool, resource or prompt. */
  readonly name?: string
  readonly subject?: string
  readonly clientId?: string
  readonly needed: readonly string[]
  readonly held: readonly string[]
  readonly outcome: 'allowed' | 'refused' | 'failed'
  /** Internal reason of a refusal, or what became of an allowed one: `insufficient-scope`, `answered`, `tool-error` … */
  readonly reason: string
  readonly status: number
  readonly milliseconds: number
}
