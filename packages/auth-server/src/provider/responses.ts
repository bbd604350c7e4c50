import type { KoaContextWithOIDC, Configuration as ProviderConfiguration } from 'oidc-provider'
import type { AuthorizationServerDefinition } from '../definition.js'
import { describeError } from '../pages/describe-error.js'
import { errorPage } from '../pages/error-page.js'
import type { Site } from '../pages/layout.js'
import { pageHeaders } from '../pages/page-headers.js'
import type { Provider } from './oidc-provider.js'
import { redirectHost, redirectKind } from './redirect-uri.js'

/** The provider's errors as a page of ours for browsers, and as JSON where programs ask (RFC 6749 section 5.2). */
export function errorRenderer(site: Site): NonNullable<ProviderConfiguration['renderError']> {
  return (ctx, out, error) => {
    const forPeople = ctx.oidc.route === 'authorization' || ctx.oidc.route === 'resume'
    if (!forPeople) {
      ctx.body = out
      return
    }
    ctx.set(pageHeaders())
    ctx.body = errorPage({ site, ...describeError({ ...out, error: out.error ?? 'server_error' }, error) })
  }
}

/** What the provider answers, changed where MCP or this project asks for something else. */
export function adjustResponses(
  provider: Provider,
  site: Site,
  definition: AuthorizationServerDefinition,
  scopeOf: (ctx: KoaContextWithOIDC) => string | undefined,
): void {
  provider.use(async (ctx, next) => {
    await next()
    if (!isRouted(ctx)) return
    const { route } = ctx.oidc
    if (route === 'discovery') describeOffer(ctx, definition)
    if (route === 'registration' && ctx.status === 201) echoScope(ctx, scopeOf(ctx))
    if (route === 'introspection') disownForeignKind(ctx)
    if (route === 'authorization') holdForeignRedirect(ctx, site)
  })
}

/** A request that none of the provider's routes took has no `oidc`. */
function isRouted(ctx: object): ctx is KoaContextWithOIDC {
  return 'oidc' in ctx
}

/**
 * The project's scopes are not the provider's: it would take each of them for a
 * scope of OpenID Connect and ask for it twice. `form_post` is refused, because
 * its page runs a script, and the provider's list is fixed.
 */
function describeOffer(ctx: KoaContextWithOIDC, { scopes }: AuthorizationServerDefinition): void {
  if (!isObject(ctx.body)) return
  ctx.body = {
    ...ctx.body,
    scopes_supported: [...Object.keys(scopes), 'openid', 'offline_access'],
    response_modes_supported: ['query', 'fragment'],
  }
}

/** Clients expect their `scope` back (RFC 7591 section 3.2.1); nothing is stored, so that it is no limit. */
function echoScope(ctx: KoaContextWithOIDC, scope: string | undefined): void {
  if (isObject(ctx.body) && scope) ctx.body = { ...ctx.body, scope }
}

/** A token of a kind that is not issued here, such as an ID token, is not active, and asking about it no error (RFC 7662 section 2.2). */
function disownForeignKind(ctx: KoaContextWithOIDC): void {
  if (!isObject(ctx.body) || ctx.body.error !== 'unsupported_token_type') return
  ctx.status = 200
  ctx.body = { active: false }
}

/**
 * An error at the very first request, before anybody logged in, is not sent on
 * to an address elsewhere or into another program by its scheme: anybody can
 * register one and use this server to send people there (OAuth 2.1 section
 * 7.12.2). The person sees what is wrong and may follow the link. A program that
 * listens on this computer gets its answer at once.
 */
function holdForeignRedirect(ctx: KoaContextWithOIDC, site: Site): void {
  const location = ctx.response.get('location')
  if (ctx.status < 300 || ctx.status >= 400 || !URL.canParse(location)) return
  const target = new URL(location)
  const parameters = target.searchParams.has('error') ? target.searchParams : new URLSearchParams(target.hash.slice(1))
  const error = parameters.get('error')
  if (error === null || redirectKind(withoutAnswer(target)) === 'loopback') return
  ctx.remove('location')
  ctx.status = 400
  ctx.set(pageHeaders())
  const description = parameters.get('error_description') ?? undefined
  ctx.body = errorPage({
    site,
    ...describeError({ error, error_description: description }, undefined),
    link: { address: location, text: `Go back to ${redirectHost(location)}` },
  })
}

function withoutAnswer(target: URL): string {
  return `${target.origin}${target.pathname}`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value)
}
