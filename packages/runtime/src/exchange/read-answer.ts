import type { ExchangeSettings } from '../configuration/accepted-issuer.js'
import type { JsonAnswer } from '../token/fetch-text.js'
import { type ExchangeCode, type ExchangeFailure, ExchangeRefused } from './exchange-error.js'
import { ACCESS_TOKEN_TYPE } from './exchange-form.js'
import type { ExchangeTarget } from './exchange-target.js'

/** A token for another service, as the issuer gave it. */
export interface ExchangedToken {
  readonly accessToken: string
  /** What it grants, as far as the issuer says; what was asked for otherwise (RFC 8693 section 2.2.1). */
  readonly scopes: readonly string[]
  /** Seconds that it is good for; nothing, if the issuer does not say. */
  readonly expiresIn: number | undefined
}

/** RFC 6750 section 2.1, and no longer than a server takes in a header: a handler puts it into one. */
const BEARER = /^[A-Za-z0-9._~+/-]{1,16384}={0,2}$/

/**
 * Takes an answer apart and believes nothing that is not a bearer token for
 * somebody else (RFC 8693 section 2.2.1, RFC 6749 section 5.1).
 *
 * @throws {ExchangeRefused}
 */
export function readExchangeAnswer(
  { status, body }: JsonAnswer,
  token: string,
  form: ExchangeSettings['form'],
  target: ExchangeTarget,
): ExchangedToken {
  if (status !== 200) throw new ExchangeRefused(failureOf(status, body, token))
  const { access_token: accessToken, token_type: type, issued_token_type: issued, expires_in: life, scope } = body
  if (typeof accessToken !== 'string' || !BEARER.test(accessToken)) throw unusable('it has no access_token')
  // What a service would get then is the caller's own token: passthrough (MCP, security best practices).
  if (accessToken.includes(token)) throw unusable('it is the token that was to be exchanged')
  if (String(scope).includes(token)) throw unusable('its scope repeats the token that was to be exchanged')
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') throw unusable('its token_type is not Bearer')
  // Entra does not say what it issued.
  if (form === 'rfc8693' && issued !== ACCESS_TOKEN_TYPE) throw unusable('its issued_token_type is no access token')
  return {
    accessToken,
    scopes: typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : target.scopes,
    expiresIn: lifeOf(life),
  }
}

/** Several servers write the number as a text. */
function lifeOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  const seconds = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0) return seconds
  throw unusable('its expires_in is no time')
}

function unusable(detail: string): ExchangeRefused {
  return new ExchangeRefused({
    code: 'answer-unusable',
    detail: `the answer of its token endpoint is unusable: ${detail}`,
  })
}

/** RFC 6749 section 5.2, RFC 8693 section 2.2.2, OpenID Connect Core section 3.1.2.6, and what Entra says. */
const CODES: Readonly<Record<string, ExchangeCode>> = {
  interaction_required: 'interaction-required',
  consent_required: 'interaction-required',
  login_required: 'interaction-required',
  account_selection_required: 'interaction-required',
  invalid_grant: 'login-refused',
  invalid_target: 'not-allowed',
  invalid_scope: 'not-allowed',
  access_denied: 'not-allowed',
  temporarily_unavailable: 'unavailable',
  server_error: 'unavailable',
  slow_down: 'unavailable',
}

/** Of an `invalid_grant`, what Entra says in `suberror`: no consent yet, or a login that is not enough. */
const NEEDS_THE_PERSON = new Set(['consent_required', 'basic_action', 'additional_action', 'message_only'])

/** RFC 6749 section 5.2: the characters of an error code. What is none is not repeated. */
const NAME = /^[A-Za-z0-9_.:-]{1,64}$/

function failureOf(status: number, body: JsonAnswer['body'], token: string): ExchangeFailure {
  const error = typeof body.error === 'string' && Object.hasOwn(CODES, body.error) ? CODES[body.error] : undefined
  const detail = `its token endpoint answered ${status}`
  return { code: codeOf(status, error, body.suberror), detail, issuerSaid: saidBy(body, token) }
}

function codeOf(status: number, error: ExchangeCode | undefined, suberror: unknown): ExchangeCode {
  if (status >= 500 || status === 429) return 'unavailable'
  if (status === 401) return 'misconfigured'
  if (error === 'login-refused' && NEEDS_THE_PERSON.has(String(suberror))) return 'interaction-required'
  return error ?? 'misconfigured'
}

/** Names and numbers alone: a description is text, and may quote what was sent. So may a name: an opaque token looks like one. */
function saidBy(
  { error, suberror, error_codes: codes, trace_id: trace }: JsonAnswer['body'],
  token: string,
): Record<string, string> {
  const numbers = Array.isArray(codes) ? codes.filter((code) => Number.isSafeInteger(code)).slice(0, 8) : []
  const parts = { error, suberror, error_codes: numbers.join(' '), trace_id: isId(trace) ? trace : '' }
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' && (name === 'error_codes' || isName(value, token))
        ? [[name, value]]
        : [],
    ),
  )
}

function isName(value: string, token: string): boolean {
  return NAME.test(value) && !value.includes(token)
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}
