import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Client } from 'oidc-provider'
import type { AuthorizationServerDefinition } from '../definition.js'
import { type ConsentView, consentPage, type ScopeView } from '../pages/consent-page.js'
import { describeError, expired } from '../pages/describe-error.js'
import { type ErrorView, errorPage } from '../pages/error-page.js'
import type { Site } from '../pages/layout.js'
import { loginPage } from '../pages/login-page.js'
import { pageHeaders } from '../pages/page-headers.js'
import { errors, type Provider } from '../provider/oidc-provider.js'
import { lifetimes } from '../provider/provider.js'
import { declaredScopes, splitScope } from '../provider/requested-scope.js'
import { isSameOriginPost } from './check-same-origin.js'
import { clientName, viewClient } from './client-view.js'
import { leaveSession } from './leave-session.js'
import { previousScopes } from './previous-scopes.js'
import { recentUsers, rememberUser } from './recent-users.js'
import { readUserName } from './user-name.js'

export interface InteractionParts {
  readonly provider: Provider
  readonly definition: AuthorizationServerDefinition
  readonly site: Site
  /** The issuer's path, without a slash at the end; empty for an origin. */
  readonly base: string
  /** Development users who can be picked on the login page. */
  readonly users: readonly string[]
}

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

/** One login as its pages see it. */
interface Scene {
  readonly interaction: Interaction
  readonly client: Client
  readonly redirectUri: string
}

/** The login and the consent page, and the answers to them. */
export async function interactionRoutes(app: FastifyInstance, parts: InteractionParts): Promise<void> {
  await app.register(formbody, { bodyLimit: 16 * 1024 })
  const path = `${parts.base}/interaction/:uid`
  app.get(path, async (request, reply) => {
    const scene = await setScene(parts, request, reply)
    if (wantsLogin(scene, request)) return sendLogin(parts, scene, request, reply)
    return sendPage(reply, 200, consentPage(await viewConsent(parts, scene)), scene)
  })
  app.post<{ Body: Record<string, unknown> | undefined }>(path, async (request, reply) => {
    if (!isSameOriginPost(request.headers, new URL(parts.site.issuer).origin)) return sendForeign(parts, reply)
    const scene = await setScene(parts, request, reply)
    const { user, decision } = request.body ?? {}
    if (user !== undefined || wantsLogin(scene, request)) return answerLogin(parts, scene, user, request, reply)
    if (decision === 'approve') return approve(parts, scene, request, reply)
    if (decision === 'deny') return deny(parts, scene, request, reply)
    return sendPage(reply, 400, consentPage(await viewConsent(parts, scene)), scene)
  })
  app.setErrorHandler((error, request, reply) => sendError(parts, error, request, reply))
}

async function setScene({ provider }: InteractionParts, request: FastifyRequest, reply: FastifyReply): Promise<Scene> {
  const interaction = await provider.interactionDetails(request.raw, reply.raw)
  const { client_id: clientId, redirect_uri: redirectUri } = interaction.params
  const client = await provider.Client.find(String(clientId))
  if (!client) throw new errors.SessionNotFound('the client of this login is gone')
  return { interaction, client, redirectUri: String(redirectUri ?? client.redirectUris?.[0] ?? '') }
}

function wantsLogin({ interaction }: Scene, request: FastifyRequest): boolean {
  const query = new URL(request.url, 'http://localhost').searchParams
  return interaction.prompt.name === 'login' || query.get('switch') === 'user'
}

function sendLogin(
  { site, users }: InteractionParts,
  scene: Scene,
  request: FastifyRequest,
  reply: FastifyReply,
  problem?: { readonly words: string; readonly typed: string },
): FastifyReply {
  const recent = recentUsers(request.headers)
  const known = [...new Set([...recent, ...users])]
  // OpenID Connect Core section 3.1.2.1: a suggestion of the client's, which the person may follow or not.
  const hint = readUserName(scene.interaction.params.login_hint)
  const suggested = known.find((name) => name === hint)
  const names = suggested === undefined ? known : [suggested, ...known.filter((name) => name !== suggested)]
  const page = loginPage({
    site,
    clientName: clientName(scene.client),
    users: names.map((name) => ({ name, recent: recent.includes(name), suggested: name === suggested })),
    typed: problem?.typed ?? (suggested === undefined ? (hint ?? '') : ''),
    ...(problem && { problem: problem.words }),
  })
  return sendPage(reply, problem ? 400 : 200, page, scene)
}

async function answerLogin(
  parts: InteractionParts,
  scene: Scene,
  typed: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const user = readUserName(typed)
  if (user === undefined) {
    const words = 'A user name has 1 to 64 letters, digits, dots, dashes or underscores.'
    return sendLogin(parts, scene, request, reply, { words, typed: typeof typed === 'string' ? typed : '' })
  }
  await leaveSession(parts.provider, scene.interaction, user, request.raw, reply.raw)
  request.log.info(
    { event: 'login', user, client_id: scene.client.clientId },
    `${user} logged in for "${clientName(scene.client)}"`,
  )
  reply.header('set-cookie', rememberUser(request.headers, user, parts.base))
  return finish(parts, { login: { accountId: user } }, request, reply)
}

async function approve(
  parts: InteractionParts,
  { interaction, client }: Scene,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const user = interaction.session?.accountId
  if (user === undefined) throw new errors.SessionNotFound('nobody is logged in')
  const scopes = requestedScopes(parts, interaction)
  // A grant of its own for each login: reuse of one login's refresh token ends that login and no other.
  const grant = new parts.provider.Grant({ accountId: user, clientId: client.clientId })
  if (scopes.length > 0) grant.addResourceScope(parts.site.resource, scopes.join(' '))
  if (splitScope(String(interaction.params.scope ?? '')).includes('openid')) grant.addOIDCScope('openid')
  const grantId = await grant.save()
  request.log.info(
    { event: 'consent', user, client_id: client.clientId, scope: scopes.join(' '), decision: 'approve' },
    `${user} allowed "${clientName(client)}": ${scopes.join(' ') || 'no scope'}`,
  )
  return finish(parts, { consent: { grantId } }, request, reply)
}

async function deny(
  parts: InteractionParts,
  { interaction, client }: Scene,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const user = interaction.session?.accountId
  request.log.info(
    { event: 'consent', user, client_id: client.clientId, decision: 'deny' },
    `${user ?? 'somebody'} denied "${clientName(client)}"`,
  )
  const result = { error: 'access_denied', error_description: 'the user denied the request' }
  return finish(parts, result, request, reply, { merge: false })
}

async function finish(
  { provider }: InteractionParts,
  result: Parameters<Provider['interactionResult']>[2],
  request: FastifyRequest,
  reply: FastifyReply,
  { merge = true }: { readonly merge?: boolean } = {},
): Promise<FastifyReply> {
  const next = await provider.interactionResult(request.raw, reply.raw, result, { mergeWithLastSubmission: merge })
  // OAuth 2.1 section 7.5.4: 303, so that the form is not posted on.
  return reply.header('cache-control', 'no-store').redirect(next, 303)
}

function requestedScopes({ definition }: InteractionParts, interaction: Interaction): readonly string[] {
  return declaredScopes(splitScope(String(interaction.params.scope ?? '')), definition.scopes)
}

async function viewConsent(parts: InteractionParts, scene: Scene): Promise<ConsentView> {
  const { interaction, client, redirectUri } = scene
  const { scopes } = parts.definition
  const { uid, accountId } = interaction.session ?? {}
  const before = await previousScopes(parts.provider, uid, client.clientId, parts.site.resource)
  const describe = (name: string): string => scopes[name]?.description ?? name
  return {
    site: parts.site,
    user: accountId ?? '',
    client: viewClient(client, redirectUri),
    scopes: requestedScopes(parts, interaction).map(
      (name): ScopeView => ({
        name,
        description: describe(name),
        includes: (scopes[name]?.implies ?? []).map(describe),
        isNew: before !== undefined && !before.has(name),
      }),
    ),
    switchUser: '?switch=user',
    lifetime: client.grantTypeAllowed('refresh_token') ? lifetimes.Grant : lifetimes.AccessToken,
  }
}

function sendPage(reply: FastifyReply, status: number, page: string, scene?: Scene): FastifyReply {
  return reply
    .code(status)
    .headers(pageHeaders(scene && { redirectUri: scene.redirectUri }))
    .send(page)
}

function sendForeign({ site }: InteractionParts, reply: FastifyReply): FastifyReply {
  const view: ErrorView = {
    site,
    title: 'This answer did not come from this server’s page',
    explanation: ['Another page tried to answer for you. Nothing was changed. Go back to the program and start again.'],
  }
  return sendPage(reply, 403, errorPage(view))
}

function sendError(
  { site }: InteractionParts,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof errors.SessionNotFound) return sendPage(reply, 400, errorPage({ site, ...expired }))
  if (error instanceof errors.OIDCProviderError) {
    return sendPage(reply, error.statusCode, errorPage({ site, ...describeError(error, error) }))
  }
  const status = statusOf(error)
  if (status >= 500) request.log.error({ err: error }, 'A page of the login failed')
  const out = { error: status >= 500 ? 'server_error' : 'invalid_request' }
  return sendPage(reply, status, errorPage({ site, ...describeError(out, undefined) }))
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 600 ? status : 500
}
