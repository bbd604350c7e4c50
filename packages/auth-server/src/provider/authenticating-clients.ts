import type { Adapter, Client } from 'oidc-provider'
import { errors } from './oidc-provider.js'
import { isStandIn } from './stand-in-document.js'

/** Where a client speaks for itself; elsewhere it is only spoken of. */
const ownRequests: ReadonlySet<string> = new Set(['authorization', 'token', 'revocation'])

/**
 * The clients whose document says that they authenticate. A stand-in is a public
 * client: in the place of such a one it would let whoever holds a code or a
 * refresh token use it without the client's key, as soon as the network is away.
 */
export class AuthenticatingClients {
  readonly #records: Adapter

  constructor(records: Adapter) {
    this.#records = records
  }

  /**
   * Takes note of a client that was made from its document.
   *
   * @throws InvalidClient when it is a stand-in that asks for something in the name of one that authenticates.
   */
  async admit(client: Client, route: string | undefined): Promise<void> {
    const known = (await this.#records.find(client.clientId)) !== undefined
    if (isStandIn(client)) {
      if (known && route !== undefined && ownRequests.has(route)) throw refusal()
      return
    }
    const authenticates = client.clientAuthMethod !== 'none'
    if (authenticates && !known) await this.#records.upsert(client.clientId, {}, 0)
    if (!authenticates && known) await this.#records.destroy(client.clientId)
  }
}

function refusal(): Error {
  return new errors.InvalidClient(
    'client_id metadata document fetch failed',
    'this client authenticates, and without its document nobody can check that',
  )
}
