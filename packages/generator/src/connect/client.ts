import type { ClientStep } from './client-snippet.js'

/** What a client has to know of a server. The name is one that every client takes: see `serverName`. */
export interface ConnectedServer {
  readonly name: string
  readonly resource: string
}

/** What is known of one client. */
export interface Client {
  readonly id: string
  readonly name: string
  /** Where a server is entered, in a few words. */
  readonly summary: string
  /** Its maker's machines make the connection, not the user's: it reaches public https addresses alone. */
  readonly hosted: boolean
  /** The file of a project in which the client looks for servers, for `--write`. */
  readonly projectFile?: ProjectFile
  steps(server: ConnectedServer): readonly ClientStep[]
  /** What works all the same where a hosted client cannot reach the server. */
  bridge?(server: ConnectedServer): readonly ClientStep[]
}

export type ProjectFile =
  | {
      readonly language: 'json'
      readonly path: string
      /** The property of the file that holds the servers by name. */
      readonly property: string
      entry(resource: string): Readonly<Record<string, string>>
    }
  | { readonly language: 'toml'; readonly path: string }
