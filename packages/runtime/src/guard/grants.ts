import type { Item } from '../mcp/catalogue.js'
import type { RequestId } from '../mcp/message.js'
import type { PreparedResource, ResourceMatch } from '../mcp/resource-catalogue.js'
import type { Grant } from './grant.js'
import type { HiddenItems } from './hidden-items.js'
import type { Argued, ArguedCalls } from './pick-argument-scopes.js'

/** A grant to read, and what the URI said. */
export interface ReadGrant {
  readonly grant: Grant<PreparedResource>
  readonly variables: ResourceMatch['variables']
}

/** What a request may do: a grant for each thing that the guard decided on, and nothing for anything else. */
export class Grants {
  readonly #grants: ReadonlyMap<Item, Grant>
  readonly #reads: ReadonlyMap<string, ResourceMatch>

  readonly #hidden: HiddenItems
  readonly #argued: ArguedCalls

  constructor(
    grants: readonly Grant[],
    reads: ReadonlyMap<string, ResourceMatch>,
    hidden: HiddenItems,
    argued: ArguedCalls,
  ) {
    this.#grants = new Map(grants.map((grant) => [grant.item, grant]))
    this.#reads = reads
    this.#hidden = hidden
    this.#argued = argued
  }

  /** What was decided on the arguments of a call, if they were part of it. */
  argued(id: RequestId): Argued | undefined {
    return this.#argued.get(id)
  }

  /** The item, unless this caller may not know of it. */
  visible<I extends Item>(item: I | undefined): I | undefined {
    return item === undefined || this.#hidden.has(item) ? undefined : item
  }

  /** Of a list, what this caller may know of. */
  shown<L extends { readonly name: string }>(listing: readonly L[], kind: Item['kind']): readonly L[] {
    const names = new Set([...this.#hidden.keys()].filter((item) => item.kind === kind).map(({ name }) => name))
    return listing.filter(({ name }) => !names.has(name))
  }

  /** The right to use this very item. */
  of<I extends Item>(item: I): Grant<I> | undefined {
    // The key is the item of the grant itself.
    return this.#grants.get(item) as Grant<I> | undefined
  }

  /** The right to read what a URI matched when it was decided on. */
  read(uri: string): ReadGrant | undefined {
    const match = this.#reads.get(uri)
    const grant = match === undefined ? undefined : this.of(match.resource)
    return match === undefined || grant === undefined ? undefined : { grant, variables: match.variables }
  }
}
