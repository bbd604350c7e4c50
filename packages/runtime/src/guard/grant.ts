import type { AccessPolicy } from '../definition.js'
import type { PreparedTool } from '../mcp/tool-catalogue.js'
import type { Identity } from '../token/identity.js'

/** What a caller lacks for a tool. */
export type Denial =
  | { readonly denied: 'login-required' }
  | { readonly denied: 'insufficient-scope'; readonly needed: readonly string[]; readonly missing: readonly string[] }

/**
 * The right to call one tool in the name of one caller. A class with a private
 * constructor: the decision below is the only code that can make one, and a
 * handler cannot be called without one.
 */
export class Grant {
  readonly tool: PreparedTool
  /** Nobody for a public tool, even if a token was brought. */
  readonly caller: Identity | undefined

  private constructor(tool: PreparedTool, caller: Identity | undefined) {
    this.tool = tool
    this.caller = caller
    Object.freeze(this)
  }

  /** Who may call a tool is what its policy says; whatever is not allowed here is refused. */
  static decide(tool: PreparedTool, policy: AccessPolicy, identity: Identity | undefined): Grant | Denial {
    if (policy.access === 'public') return new Grant(tool, undefined)
    if (identity === undefined) return { denied: 'login-required' }
    if (policy.access === 'authenticated') return new Grant(tool, identity)
    // A broader scope satisfies a narrower one (MCP 2026-07-28, scope hierarchies).
    const missing = policy.scopes.filter((scope) => !identity.effective.includes(scope))
    if (policy.scopes.length > 0 && missing.length === 0) return new Grant(tool, identity)
    return { denied: 'insufficient-scope', needed: policy.scopes, missing }
  }
}
