import type { FastifyBaseLogger } from 'fastify'
import type { Client, KoaContextWithOIDC } from 'oidc-provider'
import { clientName } from '../interaction/client-view.js'
import type { Provider } from '../provider/oidc-provider.js'
import { redirectHost } from '../provider/redirect-uri.js'

/**
 * One line for each thing that happens: who, which program, which scopes. Never
 * a code, token, secret, verifier or state, and no query string.
 */
export function logEvents(provider: Provider, log: FastifyBaseLogger): void {
  provider.on('registration_create.success', (_ctx, client) => {
    const hosts = (client.redirectUris ?? []).map(redirectHost)
    log.info(
      { event: 'registration', client_id: client.clientId, client_name: clientName(client), redirect_hosts: hosts },
      `Registered "${clientName(client)}", answers go to ${hosts.join(', ')}`,
    )
  })
  provider.on('registration_create.error', (_ctx, error) => logRefusal(log, 'registration', undefined, error))
  provider.on('grant.success', (ctx) => {
    const user = ctx.oidc.entities.Account?.accountId
    const scope = ctx.oidc.entities.AccessToken?.scope ?? ''
    log.info(
      { event: 'token', ...who(ctx), user, scope, grant_type: ctx.oidc.params?.grant_type },
      `Gave "${nameOf(ctx.oidc.client)}" an access token for ${user}: ${scope || 'no scope'}`,
    )
  })
  provider.on('grant.error', (ctx, error) => logRefusal(log, 'token', ctx, error))
  provider.on('authorization.error', (ctx, error) => logRefusal(log, 'authorization', ctx, error))
  provider.on('introspection.error', (ctx, error) => logRefusal(log, 'introspection', ctx, error))
  provider.on('revocation.error', (ctx, error) => logRefusal(log, 'revocation', ctx, error))
  provider.on('grant.revoked', (ctx) => {
    log.info({ event: 'revocation', ...who(ctx) }, `Revoked what was granted to "${nameOf(ctx.oidc.client)}"`)
  })
  provider.on('server_error', (ctx, error) => {
    log.error({ err: error, path: ctx.path }, 'The authorization server failed to answer')
  })
}

function logRefusal(
  log: FastifyBaseLogger,
  what: string,
  ctx: KoaContextWithOIDC | undefined,
  error: Error & { readonly error_description?: string | undefined; readonly error_detail?: string | undefined },
): void {
  const reason = [error.message, error.error_description, error.error_detail].filter(Boolean).join(': ')
  const from = ctx?.oidc.client ? ` of "${nameOf(ctx.oidc.client)}"` : ''
  log.warn(
    { event: 'refusal', what, ...(ctx && who(ctx)), reason },
    `Refused ${/^[ai]/.test(what) ? 'an' : 'a'} ${what} request${from}: ${reason}`,
  )
}

function who(ctx: KoaContextWithOIDC): { readonly client_id: string | undefined } {
  return { client_id: ctx.oidc.client?.clientId }
}

function nameOf(client: Client | undefined): string {
  return client ? clientName(client) : 'an unknown program'
}
