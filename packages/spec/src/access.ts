import type { CallerContext, PublicContext } from './context.js'
import type { ScopeName } from './register.js'

/** Scopes that a caller needs all of. */
export type ScopeSet = readonly [ScopeName, ...ScopeName[]]

/** Sets of scopes, each of which is enough. */
export interface AnyOfScopes {
  /** The first is what a caller who holds nothing of any is asked to get. */
  readonly anyOf: readonly [ScopeSet, ...ScopeSet[]]
}

/**
 * Who may call a tool, read a resource or get a prompt. There is no default: a
 * definition that does not say it does not compile, and is refused at build time.
 *
 * - `scopes`: callers whose token holds all of them, directly or implied; with
 *   `{ anyOf: [['a'], ['b', 'c']] }` callers whose token holds all of one of the sets.
 * - `access: 'authenticated'`: every caller with a token for this server.
 * - `access: 'public'`: everybody, without a token.
 */
export type Access =
  | { readonly scopes: ScopeSet | AnyOfScopes; readonly access?: never }
  | { readonly access: 'authenticated'; readonly scopes?: never }
  | { readonly access: 'public'; readonly scopes?: never }

/** What a handler gets besides its input: who calls, unless everybody may. */
export type ContextOf<Level> = [Level] extends ['public'] ? PublicContext : CallerContext
