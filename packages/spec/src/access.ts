import type { Caller, CallerContext, PublicContext } from './context.js'
import type { Setting } from './env.js'
import type { ScopeName, Services } from './register.js'

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
  | ({
      readonly scopes: ScopeSet | AnyOfScopes
      readonly access?: never
      readonly whenDenied?: WhenDenied
      readonly onlyFor?: OnlyFor
    } & LoginRule)
  | ({
      readonly access: 'authenticated'
      readonly scopes?: never
      readonly whenDenied?: never
      readonly onlyFor?: OnlyFor
    } & LoginRule)
  | ({
      readonly access: 'public'
      readonly scopes?: never
      readonly whenDenied?: never
      readonly onlyFor?: never
      readonly authorize?: never
    } & NoLoginRule)

/**
 * Which callers there is such a thing for, besides what they need for it: those
 * that each list names one of. For everybody else it does not exist. No scope
 * and no login would change who they are, so nobody is asked for one.
 */
export interface OnlyFor {
  /**
   * Ids of clients. An id is unique within one authorization server (RFC 6749
   * section 2.2): where `auth` names several, `issuers` names the one that is meant.
   */
  readonly clientIds?: readonly [string, ...string[]]
  /** Tenants, of those that `tenant` of the issuer accepts; with several issuers as for `clientIds`. */
  readonly tenants?: readonly [string, ...string[]]
  /** Issuers of `auth`, by the same address or variable. */
  readonly issuers?: readonly [Setting, ...Setting[]]
}

/**
 * What callers without the scopes meet. `challenge`, the default, tells them
 * which they lack, so that their client can ask for them. `hide` answers as if
 * there were no such thing, and leaves it out of the lists.
 */
export type WhenDenied = 'challenge' | 'hide'

/**
 * How a caller must have logged in, as the token says: in its `auth_time` and
 * `acr`. A token that does not say it is refused (RFC 9470).
 */
export interface LoginRule {
  /** The login must not be older than that, in seconds. */
  readonly freshLogin?: { readonly maxAgeSeconds: number }
  /** Authentication context classes, each of which is enough; preferred ones first. */
  readonly acr?: readonly [string, ...string[]]
}

type NoLoginRule = { readonly [Key in keyof LoginRule]?: never }

/**
 * Scopes that a call of a tool needs because of its arguments, besides those
 * that every call needs. What callers can be asked for is declared, and stands in
 * `ACCESS.md`; the function picks from it.
 */
export interface ArgumentScopes<Input, Name extends string = ScopeName> {
  /** Every scope that may be picked. */
  readonly declared: readonly [Name, ...Name[]]
  /**
   * The scopes that these arguments need; none is an empty list. It gets what the
   * schema parsed, and decides by that alone: it runs before it is known whether
   * the caller may call. What throws, picks what is not declared, or does not end
   * in the time that the handler has, lets nobody through.
   */
  pick(input: Input): readonly NoInfer<Name>[] | Promise<readonly NoInfer<Name>[]>
}

/** What a rule about an object is asked. */
export interface AuthorizeRequest<Input> {
  /** What the schema parsed: what the handler would get. */
  readonly input: Input
  readonly caller: Caller
  readonly services: Services
}

/** A rule about the object that a request is about, such as whose note it is. */
export interface ObjectRule<Input> {
  /**
   * Whether this caller may do this with this object. It runs after every other
   * decision and before the handler; only `true` lets the caller through. A tool
   * or a prompt then answers with an error, a resource as if it were not there.
   * What it throws refuses as well: a `ToolError`, `ResourceError` or
   * `PromptError` with its message, anything else with a line in the log. So
   * does no answer in the time that the handler has.
   */
  authorize?(request: AuthorizeRequest<Input>): boolean | Promise<boolean>
}

/** What a handler gets besides its input: who calls, unless everybody may. */
export type ContextOf<Level> = [Level] extends ['public'] ? PublicContext : CallerContext
