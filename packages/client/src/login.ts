import { type AuthProvider, auth, type FetchLike, type OAuthClientProvider } from '@modelcontextprotocol/client'

/** Tokens of one user, or a way to get them. */
export type Credentials = OAuthClientProvider | AuthProvider

export function isOAuth(credentials: Credentials): credentials is OAuthClientProvider {
  return 'redirectToAuthorization' in credentials
}

export interface LoginTarget {
  readonly url: URL
  readonly fetch: FetchLike
}

/**
 * The credentials as the transport takes them. The SDK's own adapter asks for
 * what the first challenge names, which is enough for a first call; this one
 * asks for what the tools of this client need, so that a user is asked once.
 */
export function providerFor(
  credentials: Credentials,
  target: LoginTarget,
  scopes: readonly string[],
  redirected: () => void,
): AuthProvider {
  if (!isOAuth(credentials)) return credentials
  return {
    token: async () => (await credentials.tokens())?.access_token,
    async onUnauthorized() {
      const outcome = await authorize(credentials, target, { scopes, anew: false })
      if (outcome === 'REDIRECT') redirected()
    },
  }
}

/** Asks the authorization server: by a refresh token if that is enough, else by sending the user there. */
export function authorize(
  provider: OAuthClientProvider,
  { url, fetch }: LoginTarget,
  { scopes, anew }: { readonly scopes: readonly string[]; readonly anew: boolean },
): ReturnType<typeof auth> {
  return auth(provider, {
    serverUrl: url,
    fetchFn: fetch,
    // A refresh cannot widen a grant (RFC 6749 section 6).
    forceReauthorization: anew,
    ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
  })
}

/** Trades the code that the callback brought. */
export async function finishAuthorization(
  provider: OAuthClientProvider,
  { url, fetch }: LoginTarget,
  callback: URLSearchParams,
): Promise<void> {
  const code = callback.get('code')
  if (code === null)
    throw new Error(`The login did not succeed: ${callback.get('error') ?? 'the callback has no code'}`)
  const iss = callback.get('iss')
  await auth(provider, {
    serverUrl: url,
    fetchFn: fetch,
    authorizationCode: code,
    // RFC 9207: whoever answers has to be who was asked.
    ...(iss === null ? {} : { iss }),
  })
}
