import type { ItemKind } from '../model/item-name.js'

/** What `mcp-gen add` can start. */
export const KINDS: readonly ItemKind[] = ['tool', 'resource', 'prompt']

/** Who may call, read or get it. */
export type AddedAccess =
  | { readonly kind: 'scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'authenticated' | 'public' }

/** Everything that the first version of a file says. */
export interface Addition {
  readonly kind: ItemKind
  /** As clients call it: `delete_note`. */
  readonly name: string
  /** The path of the file in the project: `mcp/tools/delete-note.ts`. */
  readonly module: string
  readonly test: string
  readonly title: string
  readonly description: string
  /** Of a resource; the others have none. */
  readonly uri: string
  readonly access: AddedAccess
}
