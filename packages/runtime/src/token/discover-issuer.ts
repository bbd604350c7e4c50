import type { IssuerConnection } from './issuer-connection.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import type { Surroundings } from './surroundings.js'
import { usableEndpoint } from './usable-endpoint.js'

/** What this server needs of an authorization server's metadata. */
export interface IssuerMetadata {
  readonly jwksUri: string | undefined
  readonly introspectionEndpoint: string | undefined
  readonly tokenEndpoint: string | undefined
}

const FRESH_FOR_MS = 10 * 60_000
const RETRY_AFTER_MS = 30_000

/**
 * Metadata of one issuer: asked for when first needed, once for everybody who
 * waits, and again after 10 minutes. If the issuer cannot be asked again, what
 * it said before stays, and it is asked every 30 seconds; if it was never
 * reached, every request tries again, as far as the connection lets it.
 */
export class IssuerDiscovery {
  readonly #issuer: string
  readonly #connection: IssuerConnection
  readonly #surroundings: Surroundings
  #known: { readonly metadata: IssuerMetadata; readonly freshUntil: number; readonly isLate: boolean } | undefined
  #asking: Promise<IssuerMetadata> | undefined

  constructor(issuer: string, connection: IssuerConnection, surroundings: Surroundings) {
    this.#issuer = issuer
    this.#connection = connection
    this.#surroundings = surroundings
  }

  /**
   * @param late whether what was said before will do where it is not known to be so still: nobody waits then until an
   * issuer fails again that failed before
   * @throws {IssuerUnavailable} when nothing is known and nothing can be learned
   */
  async metadata({ late = false }: { readonly late?: boolean } = {}): Promise<IssuerMetadata> {
    const known = this.#known
    if (known && this.#surroundings.now() < known.freshUntil) return known.metadata
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined
    })
    return late && known?.isLate ? known.metadata : this.#asking
  }

  async #ask(): Promise<IssuerMetadata> {
    try {
      const metadata = await this.#discover()
      this.#known = { metadata, freshUntil: this.#surroundings.now() + FRESH_FOR_MS, isLate: false }
      return metadata
    } catch (error) {
      if (!this.#known) throw error
      this.#known = { ...this.#known, freshUntil: this.#surroundings.now() + RETRY_AFTER_MS, isLate: true }
      return this.#known.metadata
    }
  }

  async #discover(): Promise<IssuerMetadata> {
    let reason = 'it publishes no metadata'
    for (const url of metadataUrls(this.#issuer)) {
      const { status, body } = await this.#connection.askForJson(url)
      if (status !== 200) continue
      // RFC 8414 section 3.3: identical, or the document must not be used.
      if (body.issuer === this.#issuer) return read(this.#issuer, body)
      reason = `the metadata at ${url} names another issuer: compare it with the configured one byte for byte`
    }
    throw new IssuerUnavailable(reason)
  }
}

/** RFC 8414 section 3.1, then the two forms of OpenID Connect Discovery, in the order that MCP clients probe them. */
export function metadataUrls(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer)
  const path = pathname.replace(/\/$/, '')
  const inserted = [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}/.well-known/openid-configuration${path}`,
  ]
  return path === '' ? inserted : [...inserted, `${origin}${path}/.well-known/openid-configuration`]
}

function read(issuer: string, body: Readonly<Record<string, unknown>>): IssuerMetadata {
  return {
    jwksUri: usableEndpoint(issuer, body.jwks_uri),
    introspectionEndpoint: usableEndpoint(issuer, body.introspection_endpoint),
    tokenEndpoint: usableEndpoint(issuer, body.token_endpoint),
  }
}
