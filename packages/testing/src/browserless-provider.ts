import type {
  OAuthClientMetadata,
  OAuthClientProvider,
  OAuthDiscoveryState,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client'
import { logIn } from './log-in.js'

export interface BrowserlessProviderOptions {
  /** The development user who logs in. */
  readonly user: string
  /** What the user answers on the consent page; `approve` when absent. */
  readonly decision?: 'approve' | 'deny'
  readonly clientName?: string
}

/**
 * The OAuth side of the official client for a test: where an application would
 * open a browser, it fills in the authorization server's own pages. It keeps the
 * registration, the tokens and the last callback in memory.
 */
export class BrowserlessProvider implements OAuthClientProvider {
  readonly redirectUrl: string = 'http://127.0.0.1:53682/callback'
  readonly clientMetadata: OAuthClientMetadata
  /** Every authorization request that was made, oldest first. */
  readonly authorizationUrls: URL[] = []
  readonly #options: BrowserlessProviderOptions
  #client: StoredOAuthClientInformation | undefined
  #tokens: StoredOAuthTokens | undefined
  #verifier = ''
  #discovery: OAuthDiscoveryState | undefined
  #callback: URL | undefined

  constructor(options: BrowserlessProviderOptions) {
    this.#options = options
    this.clientMetadata = {
      client_name: options.clientName ?? 'Browserless client',
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    }
  }

  /** Where the authorization server sent the user last, with `code`, `state` and `iss` or an error. */
  get callback(): URL {
    if (!this.#callback) throw new Error('nobody was asked to log in yet')
    return this.#callback
  }

  async redirectToAuthorization(authorizationUrl: URL): Promise<void> {
    this.authorizationUrls.push(authorizationUrl)
    const { user, decision } = this.#options
    this.#callback = new URL(await logIn({ authorizationUrl, user, ...(decision && { decision }) }))
  }

  state(): string {
    return crypto.randomUUID()
  }

  clientInformation(): StoredOAuthClientInformation | undefined {
    return this.#client
  }

  saveClientInformation(client: StoredOAuthClientInformation): void {
    this.#client = client
  }

  tokens(): StoredOAuthTokens | undefined {
    return this.#tokens
  }

  saveTokens(tokens: StoredOAuthTokens): void {
    this.#tokens = tokens
  }

  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier
  }

  codeVerifier(): string {
    return this.#verifier
  }

  saveDiscoveryState(state: OAuthDiscoveryState): void {
    this.#discovery = state
  }

  discoveryState(): OAuthDiscoveryState | undefined {
    return this.#discovery
  }

  invalidateCredentials(scope: 'all' | 'client' | 'tokens' | 'verifier' | 'discovery'): void {
    if (scope === 'all' || scope === 'client') this.#client = undefined
    if (scope === 'all' || scope === 'tokens') this.#tokens = undefined
    if (scope === 'all' || scope === 'verifier') this.#verifier = ''
    if (scope === 'all' || scope === 'discovery') this.#discovery = undefined
  }
}
