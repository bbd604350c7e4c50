import { BrowserlessProvider } from '@mcp-secure/testing'
import {
  type CallToolResult,
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client'

/** An answer by which the server refused a request. */
export interface Refusal {
  readonly status: number
  /** Its `WWW-Authenticate` header. */
  readonly challenge: string
}

/** Somebody who uses the server through the official client, with a login of their own. */
export class Person {
  readonly name: string
  /** What the server refused so far, oldest first. */
  readonly refusals: Refusal[] = []
  readonly #url: URL
  readonly #provider: BrowserlessProvider
  #transport: StreamableHTTPClientTransport
  #client: Client

  constructor(name: string, url: URL) {
    this.name = name
    this.#url = url
    this.#provider = new BrowserlessProvider({ user: name.toLowerCase(), clientName: `${name}'s assistant` })
    ;[this.#client, this.#transport] = this.#newClient()
  }

  #newClient(): [Client, StreamableHTTPClientTransport] {
    const transport = new StreamableHTTPClientTransport(this.#url, {
      authProvider: this.#provider,
      fetch: (url, init) => this.#fetch(url, init),
    })
    return [new Client({ name: 'tour', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } }), transport]
  }

  async #fetch(url: string | URL, init?: RequestInit): Promise<Response> {
    const response = await fetch(url, init)
    const challenge = response.headers.get('www-authenticate')
    if (challenge) this.refusals.push({ status: response.status, challenge })
    return response
  }

  /** The scopes of the access token in use. */
  get granted(): string {
    return this.#provider.tokens()?.scope ?? ''
  }

  /** Connects; the server's first answer makes the client log in. */
  async connect(): Promise<void> {
    try {
      await this.#client.connect(this.#transport)
    } catch (error) {
      await this.#finishLogin(error)
      ;[this.#client, this.#transport] = this.#newClient()
      await this.#client.connect(this.#transport)
    }
  }

  async toolNames(): Promise<string[]> {
    return (await this.#client.listTools()).tools.map((tool) => tool.name)
  }

  /** Calls a tool, logging in again if the server asks for more scopes. */
  async call<Result>(name: string, input: Record<string, unknown> = {}): Promise<Result> {
    const call = () => this.#client.callTool({ name, arguments: input })
    const result = await call().catch(async (error: unknown) => {
      await this.#finishLogin(error)
      return call()
    })
    return structured<Result>(name, result)
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  async #finishLogin(error: unknown): Promise<void> {
    if (!(error instanceof UnauthorizedError)) throw error
    await this.#transport.finishAuth(this.#provider.callback.searchParams)
  }
}

function structured<Result>(name: string, result: CallToolResult): Result {
  if (result.isError || !result.structuredContent) {
    throw new Error(`${name} failed: ${JSON.stringify(result.content)}`)
  }
  return result.structuredContent as Result
}
