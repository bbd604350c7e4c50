import type { Item } from '../mcp/catalogue.js'
import type { PreparedResource, ResourceMatch } from '../mcp/resource-catalogue.js'
import type { Grant } from './grant.js'

/** A grant to read, and what the URI said. */
export interface ReadGrant {
  readonly grant: Grant<PreparedResource>
  readonly variables: ResourceMatch['variables']
}

/** What a request may do: a grant for each thing that the guard decided on, and nothing for anything else. */
export class Grants {
  readonly #grants: ReadonlyMap<Item, Grant>
  readonly #reads: ReadonlyMap<string, ResourceMatch>

  constructor(grants: readonly Grant[], reads: ReadonlyMap<string, ResourceMatch>) {
    this.#grants = new Map(grants.map((grant) => [grant.item, grant]))
    this.#reads = reads
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
