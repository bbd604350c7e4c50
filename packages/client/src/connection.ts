import { type AuthProvider, Client, type FetchLike, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'

/** A connection that is made when it is first needed, and again if it could not be made. */
export class Connection {
  readonly #make: () => Promise<Client>
  #client: Promise<Client> | undefined

  constructor(options: {
    readonly url: URL
    readonly name: string
    readonly fetch: FetchLike
    readonly authProvider: AuthProvider | undefined
  }) {
    const { url, name, fetch, authProvider } = options
    this.#make = async () => {
      const client = new Client({ name, version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } })
      // Whether the user is asked for more is for who calls to decide: it stands in the result.
      const transport = new StreamableHTTPClientTransport(url, {
        fetch,
        onInsufficientScope: 'throw',
        ...(authProvider === undefined ? {} : { authProvider }),
      })
      await client.connect(transport)
      return client
    }
  }

  async client(): Promise<Client> {
    this.#client ??= this.#make().catch((error: unknown) => {
      this.#client = undefined
      throw error
    })
    return this.#client
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    this.#client = undefined
    await client?.close()
  }
}
