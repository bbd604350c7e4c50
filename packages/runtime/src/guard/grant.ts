import type { AccessPolicy } from '../definition.js'
import type { Item } from '../mcp/catalogue.js'
import type { Identity } from '../token/identity.js'
import { type LoginDemand, lacksLogin } from './check-login.js'
import { isFor } from './is-for.js'
import { nearestScopes } from './nearest-scopes.js'
import { scopeSetsOf } from './scope-sets.js'

/** What a caller lacks for a tool, a resource or a prompt. */
export type Denial =
  | { readonly denied: 'login-required' }
  /** No scope and no login would change who the caller is. */
  | { readonly denied: 'not-for-caller' }
  | { readonly denied: 'insufficient-scope'; readonly needed: readonly string[]; readonly missing: readonly string[] }
  | { readonly denied: 'login-too-weak'; readonly needed: readonly string[]; readonly demand: LoginDemand }

/**
 * The right to use one tool, resource or prompt in the name of one caller. A class with a private
 * constructor: the decision below is the only code that can make one, and a
 * handler cannot be called without one.
 */
export class Grant<I extends Item = Item> {
  /** There only for the compiler: nothing that merely looks like a grant is one. */
  declare protected readonly brand: true
  readonly item: I
  /** Nobody for a public one, even if a token was brought. */
  readonly caller: Identity | undefined
  /** The scopes that were needed for it and held, for the log; of several sets the one that let it through. */
  readonly needed: readonly string[]

  readonly #policy: AccessPolicy

  private constructor(item: I, policy: AccessPolicy, caller: Identity | undefined, needed: readonly string[]) {
    this.item = item
    this.#policy = policy
    this.caller = caller
    this.needed = needed
    Object.freeze(this)
  }

  /** Whether the login is not fresh enough any more. What outlives its request, a subscription, asks before each use. */
  hasAged(): boolean {
    return this.caller !== undefined && lacksLogin(this.#policy, this.caller.claims) !== undefined
  }

  /**
   * Who may use an item is what its policy says; whatever is not allowed here is refused.
   * `more` are scopes that are needed in any case, because of the arguments.
   */
  static decide<I extends Item>(
    item: I,
    policy: AccessPolicy,
    identity: Identity | undefined,
    more: readonly string[] = [],
  ): Grant<I> | Denial {
    if (policy.access === 'public') return new Grant(item, policy, undefined, [])
    if (identity === undefined) return { denied: 'login-required' }
    if (!isFor(policy, identity)) return { denied: 'not-for-caller' }
    if (policy.access === 'authenticated' && more.length === 0) return Grant.#afterLogin(item, policy, identity, [])
    const nearest = nearestScopes(scopeSetsOf(policy, more), identity.effective)
    if (nearest !== undefined && nearest.missing.length === 0) {
      return Grant.#afterLogin(item, policy, identity, nearest.needed)
    }
    return { denied: 'insufficient-scope', needed: [], missing: [], ...nearest }
  }

  /** Last, because a login that is fresh now would not be after one for a scope. */
  static #afterLogin<I extends Item>(
    item: I,
    policy: AccessPolicy,
    identity: Identity,
    needed: readonly string[],
  ): Grant<I> | Denial {
    const demand = lacksLogin(policy, identity.claims)
    return demand === undefined
      ? new Grant(item, policy, identity, needed)
      : { denied: 'login-too-weak', needed, demand }
  }
}
