import type { Item, ItemKind } from '../mcp/catalogue.js'
import { joinDemands, type LoginDemand } from './check-login.js'
import type { DenialShape } from './denial-shape.js'
import type { Denial } from './grant.js'
import type { NamedItems, Refusal } from './refusal.js'

/** What a caller lacks for the messages of one request, all of it, so that one answer names it at once. */
export class Denials {
  readonly #needed: Set<string> = new Set()
  readonly #missing: Set<string> = new Set()
  readonly #withoutScopes: Item[] = []
  readonly #withWeakLogin: { readonly item: Item; readonly demand: LoginDemand }[] = []

  add(item: Item, denial: Exclude<Denial, { readonly denied: 'login-required' }>): void {
    // It is hidden from this caller, so that no message names it. Should one all the same, it gets no grant.
    if (denial.denied === 'not-for-caller') return
    // What the token satisfies is named too: a new login is to lead to all that is needed.
    for (const scope of denial.needed) this.#needed.add(scope)
    if (denial.denied === 'login-too-weak') {
      this.#withWeakLogin.push({ item, demand: denial.demand })
      return
    }
    this.#withoutScopes.push(item)
    for (const scope of denial.missing) this.#missing.add(scope)
  }

  /** Nothing, if nothing is lacking. Scopes come before the login: a login for scopes may be fresh enough. */
  refusal(held: readonly string[], shape: DenialShape): Refusal | undefined {
    const needed = [...this.#needed]
    if (this.#withoutScopes.length > 0) {
      const missing = [...this.#missing]
      return { reason: 'insufficient-scope', ...named(this.#withoutScopes), needed, missing, held, ...shape }
    }
    if (this.#withWeakLogin.length === 0) return undefined
    const demand = joinDemands(this.#withWeakLogin.map((weak) => weak.demand))
    const items = this.#withWeakLogin.map(({ item }) => item)
    return { reason: 'login-too-weak', ...named(items), needed, held, demand, ...shape }
  }
}

/** Items as a refusal names them. */
export function named(items: readonly Item[]): NamedItems {
  const of = (kind: ItemKind): string[] => items.filter((item) => item.kind === kind).map(({ name }) => name)
  const [resources, prompts] = [of('resource'), of('prompt')]
  return {
    tools: of('tool'),
    ...(resources.length === 0 ? {} : { resources }),
    ...(prompts.length === 0 ? {} : { prompts }),
  }
}
