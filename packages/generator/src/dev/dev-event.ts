import type { ConsoleBuild, Decision } from './console-messages.js'

/** What `mcp-gen dev` tells, in the order in which it happens: `--format json` prints these, one a line. */
export type DevEvent =
  | {
      readonly event: 'ready'
      /** As people read it, and as programs do. */
      readonly name: string
      readonly id: string
      readonly resource: string
      readonly console: string | null
      readonly issuer: string
      readonly embedded: boolean
    }
  /** A build is live, or is not and why; the last good server stays then. */
  | ({ readonly event: 'build'; readonly changed: readonly string[] } & ConsoleBuild)
  /** What the project's own type check found; nothing is held back by it. */
  | { readonly event: 'types'; readonly findings: ConsoleBuild['findings'] }
  | ({ readonly event: 'request' } & Decision)
  /** A request outside the MCP endpoint: metadata, health. */
  | {
      readonly event: 'http'
      readonly at: string
      readonly method: string
      readonly path: string
      readonly status: number
      readonly milliseconds: number
    }
  | {
      readonly event: 'log'
      readonly from: Source
      readonly level: Level
      readonly message: string
      /** Of an error that was logged. */
      readonly stack?: string
    }
  /** Something that the developer should know of `mcp-gen dev` itself. */
  | { readonly event: 'notice'; readonly level: Level; readonly message: string }

export type Source = 'server' | 'auth' | 'console'
export type Level = 'debug' | 'info' | 'warn' | 'error'

/** Who is told. */
export type Tell = (event: DevEvent) => void
