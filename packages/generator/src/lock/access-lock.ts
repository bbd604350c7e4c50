import type { ConditionsView } from '../render/conditions-view.js'
import type { DownstreamView } from '../render/downstream-view.js'
import type { AccessView, Setting } from '../render/policy-view.js'

/** Where the lock is in a project. */
export const LOCK_FILE = 'access.lock.json'

export const LOCK_VERSION = 1

/**
 * What is committed as `access.lock.json`: who may do what, as it was last
 * recorded. It holds what widens access when it changes, and no text for people,
 * so that every line of its diff means something.
 */
export interface AccessLock {
  readonly version: typeof LOCK_VERSION
  /** What tokens have to be for. */
  readonly audience: Setting
  readonly issuers: readonly LockedIssuer[]
  readonly scopes: Readonly<Record<string, LockedScope>>
  /** Of the whole server, if any is said. */
  readonly limits?: Limits
  readonly tools: Readonly<Record<string, LockedTool>>
  /** By URI: that is what a caller asks for. */
  readonly resources: Readonly<Record<string, LockedResource>>
  readonly prompts: Readonly<Record<string, LockedPrompt>>
  readonly schemas: LockedSchemas
}

export interface LockedIssuer {
  readonly issuer: Setting
  /** How its tokens are told from others. Whom the server is when it asks about them is left out. */
  readonly tokens: Readonly<Record<string, unknown>>
}

export interface LockedScope {
  readonly baseline: boolean
  /** Every scope that it stands for besides itself, sorted. */
  readonly implies: readonly string[]
}

/** Who may use something, what is asked for besides, and what is done in the caller's name. */
export type LockedAccess = AccessView & ConditionsView & { readonly downstream?: readonly DownstreamView[] }

/** How much may be asked for, by the name of each limit. */
export type Limits = Readonly<Record<string, number>>

export type LockedTool = LockedAccess & {
  readonly limits?: Limits
  /** What its handler does besides answering, sorted. */
  readonly uses?: readonly string[]
  readonly hints: Hints
}

/** Who may be told of changes: everybody who may read it, or whom a function of it names. */
export type Subscribers = 'by-rule' | 'all'

export type LockedResource = LockedAccess & { readonly subscribe?: Subscribers; readonly name: string }

export type LockedPrompt = LockedAccess & { readonly uses?: readonly string[] }

/** What clients take a tool for: what it declares, and where it is silent what MCP assumes. */
export interface Hints {
  readonly readOnly: boolean
  /** MCP gives these two a meaning only where a tool is not read-only. */
  readonly destructive?: boolean
  readonly idempotent?: boolean
  readonly openWorld: boolean
}

/** JSON Schemas without what is only told to people and models. */
export interface LockedSchemas {
  readonly tools: Readonly<Record<string, { readonly input: Shape; readonly output: Shape | null }>>
  readonly resources: Readonly<Record<string, { readonly variables: Shape }>>
  readonly prompts: Readonly<Record<string, { readonly arguments: Shape }>>
}

export type Shape = { readonly [keyword: string]: unknown }
