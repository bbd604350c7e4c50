/** How one client is connected to a server, as plain data: `mcp-gen connect` prints it, the console shows it. */
export interface ClientSnippet {
  readonly id: string
  readonly name: string
  readonly steps: readonly ClientStep[]
  /** Why it cannot work as things are, and what to do; absent if it can. */
  readonly problem?: string
}

export type ClientStep =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string; readonly language: 'json' | 'toml' | 'yaml'; readonly text: string }
  | { readonly kind: 'link'; readonly label: string; readonly href: string }
  | { readonly kind: 'qr'; readonly label: string; readonly text: string }
