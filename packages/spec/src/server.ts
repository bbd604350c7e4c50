import type { AuthRule } from './auth.js'
import type { ClientName } from './client-name.js'
import type { Setting } from './env.js'
import type { Icon } from './icon.js'
import type { ServerLimits } from './limits.js'

/** One scope that tokens for this server can carry. */
export interface ScopeDeclaration<Name extends string = string> {
  /** One sentence for the consent page: what a user allows by granting it. */
  readonly description: string
  /**
   * Asked for by the first challenge, so that a fresh login can do something.
   * At least one scope should be; dangerous ones should not.
   */
  readonly baseline?: boolean
  /** The narrower scopes that a token with this one satisfies too. */
  readonly implies?: readonly Name[]
}

/**
 * The form of the refusal of one call of a tool that a login, or another one, would let through.
 *
 * - `http`: status 401 or 403 with a challenge (MCP, authorization).
 * - `result`: the challenge in a result of the call, and in the list what each
 *   tool needs: where ChatGPT looks for them, and most other clients do not.
 * - `by-caller`: `result` for who says to be ChatGPT, `http` for everybody else.
 */
export type Denials = 'by-caller' | 'http' | 'result'

/** One authorization server, or several. */
export type AuthRules = AuthRule | readonly [AuthRule, ...AuthRule[]]

/** A server: its name, the resource that it is, its scopes and who issues its tokens. */
export interface ServerSpec<Name extends string = string, Auth extends AuthRules = AuthRules> {
  /** Shown to clients: `serverInfo.name`. */
  readonly name: string
  readonly version: string
  /** For people: the consent page and client lists show it instead of the name. */
  readonly title?: string
  /** Pictures for people; a client takes the one that suits it best. At most 8. */
  readonly icons?: readonly Icon[]
  /** What a model should know about this server as a whole. */
  readonly instructions?: string
  /**
   * The resource identifier (RFC 8707, RFC 9728): the absolute URL of the MCP
   * endpoint as clients type it, with a path and without a trailing slash.
   */
  readonly resource: Setting
  readonly scopes: Readonly<Record<Name, ScopeDeclaration<NoInfer<Name>>>>
  /**
   * Whose tokens are accepted. Of several authorization servers, which clients are
   * told of in this order, at most one may issue opaque tokens: these say not whose they are.
   */
  readonly auth: Auth
  /**
   * The clients whose limits the schemas keep; all of them without it. A schema
   * that one of these would refuse is an error at build time.
   */
  readonly clients?: readonly [ClientName, ...ClientName[]]
  /** In which form the refusal of a call is sent: by who calls, unless it says one. It decides nothing else. */
  readonly denials?: Denials
  /** How much may be asked for; what is left out has its default. */
  readonly limits?: ServerLimits
}

/** Declares the server; the default export of `mcp/server.ts`. Its type says which scopes there are, and whether several issuers. */
export function defineServer<const Name extends string, const Auth extends AuthRules>(
  server: ServerSpec<Name, Auth>,
): ServerSpec<Name, Auth> {
  return server
}
